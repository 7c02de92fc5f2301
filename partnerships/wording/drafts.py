"""An agreement as it would be frozen now: everything its text is made of, read in one go.

From here come the lamps, the side-by-side reading and the content of a version.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import rfc8785
from django.utils import timezone

from foundation.languages import LocalizedText
from partnerships.models import (
    Agreement,
    ContactRole,
    CouncilReference,
    ExchangeFormat,
    Focus,
    Goal,
    LanguageRelease,
    ParticipatingActor,
    Party,
    Signatory,
)
from partnerships.wording.clauses import Clause, clauses_of
from partnerships.wording.consolidation import Consolidated, amending, base_of


@dataclasses.dataclass(frozen=True)
class Draft:
    """The parts of one agreement; `foci` holds all but dropped topics."""

    agreement: Agreement
    languages: tuple[str, ...]
    parties: Sequence[Party]
    goals: Sequence[Goal]
    foci: Sequence[Focus]
    formats: Sequence[ExchangeFormat]
    participations: Sequence[ParticipatingActor]
    contacts: Sequence[ContactRole]
    council: Sequence[CouncilReference]
    signatories: Sequence[Signatory]
    clauses: Sequence[Clause]
    releases: Sequence[LanguageRelease] = ()
    base: Consolidated | None = None

    @property
    def adopted(self) -> list[Focus]:
        """The topics that the agreement names."""
        return [focus for focus in self.foci if focus.status == Focus.Status.ADOPTED]

    @property
    def carried(self) -> set[str] | None:
        """The clauses that an amendment carries; None for an agreement of its own."""
        if self.base is None:
            return None
        return {each["slug"] for each in self.content()["clauses"] if not each.get("frame")}

    def content(self) -> dict[str, Any]:
        """Everything that both cities agree on, as JSON values in every language."""
        if self.base is None:
            return self._content()
        return amending(self._content(), self.base)

    def _content(self) -> dict[str, Any]:
        agreement = self.agreement
        position = {party.pk: party.position for party in self.parties}
        return {
            "type": "stadtbruecke.agreement/1",
            "number": agreement.number,
            "languages": list(self.languages),
            "title": self._words(agreement.title),
            "parties": [
                {
                    "position": party.position,
                    "slug": party.municipality.slug,
                    "name": self._best(party.municipality.name),
                    "kind": party.municipality.kind,
                    "country": party.municipality.country,
                }
                for party in self.parties
            ],
            "target_picture": self._words(agreement.partnership.target_picture),
            "goals": [self._goal(goal, position) for goal in self.goals],
            "topics": [
                {
                    "slug": focus.topic.slug,
                    "kind": focus.topic.kind,
                    "name": self._best(focus.topic.name),
                    "lead": position.get(focus.lead_id or 0),
                }
                for focus in self.adopted
            ],
            "formats": [
                {"name": self._words(form.name), "mode": form.mode, "per_year": form.per_year}
                for form in self.formats
            ],
            "actors": [
                {
                    "name": place.actor.name,
                    "sector": place.actor.sector,
                    "party": position[place.party_id],
                    "role": self._words(place.role),
                }
                for place in self.participations
            ],
            "contacts": [
                {
                    "party": position[contact.party_id],
                    "function": self._words(contact.function),
                    "office": contact.office,
                }
                for contact in self.contacts
            ],
            "council": [
                {
                    "party": position[reference.party_id],
                    "reservation": reference.is_reservation,
                    "body": reference.body,
                    "decided_on": _iso(reference.decided_on),
                    "paper": reference.paper,
                }
                for reference in self.council
            ],
            "term": {
                "starts_on": _iso(agreement.starts_on),
                "ends_on": _iso(agreement.ends_on),
                "notice_months": agreement.notice_months,
            },
            "clauses": [
                {
                    "number": clause.number,
                    "slug": clause.slug,
                    "heading": self._words(clause.heading),
                    "text": self._words(clause.body),
                }
                for clause in self.clauses
                if clause.body
            ],
        }

    def signers(self) -> list[dict[str, Any]]:
        """Who is to sign, as JSON values."""
        position = {party.pk: party.position for party in self.parties}
        return [
            {
                "party": position[signatory.party_id],
                "position": signatory.position,
                "name": signatory.name,
                "function": self._words(signatory.function),
                **({"deputy_for": signatory.deputy_for} if signatory.deputy_for else {}),
            }
            for signatory in self.signatories
        ]

    def language_digest(self, language: str) -> str:
        """SHA-256 over all words in one language, in order: what a release points at."""
        words = [*_words_in(self.content(), language), *_words_in(self.signers(), language)]
        return hashlib.sha256(rfc8785.dumps(words)).hexdigest()

    def release_of(self, language: str) -> LanguageRelease | None:
        """The newest release of these very words, if there is one."""
        digest = self.language_digest(language)
        fitting = [
            each for each in self.releases if (each.language, each.digest) == (language, digest)
        ]
        return fitting[-1] if fitting else None

    def released(self) -> list[dict[str, Any]]:
        """Who answers for which language, as JSON values; not part of what cities agree on."""
        found = [(language, self.release_of(language)) for language in self.languages]
        return [
            {
                "language": language,
                "name": release.name,
                "function": release.function,
                "released_on": timezone.localdate(release.released_at).isoformat(),
            }
            for language, release in found
            if release is not None
        ]

    def as_printed(self) -> dict[str, Any]:
        """The content with who signs and who released, as a version would carry it."""
        return {**self.content(), "signatories": self.signers(), "released": self.released()}

    def lagging_in(self, language: str) -> list[str]:
        """The clauses, by number and heading, in which this language is missing or out of date."""
        return [
            f"§ {clause.number} {clause.heading}"
            for clause in self.clauses
            if language in clause.lagging(self.languages)
        ]

    def digest(self) -> str:
        """SHA-256 over the words and who signs them: what a city's consent points at."""
        return hashlib.sha256(self.agreed_bytes()).hexdigest()

    def agreed_bytes(self) -> bytes:
        """The words and who signs them, in the form of RFC 8785.

        Names are not enough: another account under the same name, or another authority document,
        is another signatory. Neither is printed.
        """
        behind: list[list[Any]] = [
            [signatory.user_id, signatory.authority.sha256 if signatory.authority else ""]
            for signatory in self.signatories
        ]
        return rfc8785.dumps(
            {**self.content(), "signatories": self.signers(), "behind_signatories": behind}
        )

    def _goal(self, goal: Goal, position: dict[int, int]) -> dict[str, Any]:
        return {
            "title": self._words(goal.title),
            "strategy": self._words(goal.strategy),
            "indicator": self._words(goal.indicator),
            "unit": self._words(goal.unit),
            "baseline": _number(goal.baseline),
            "baseline_on": _iso(goal.baseline_on),
            "target": _number(goal.target),
            "due_on": _iso(goal.due_on),
            "lead": position.get(goal.lead_id or 0),
        }

    def _words(self, text: LocalizedText) -> dict[str, str]:
        return {language: text.get(language) for language in self.languages}

    def _best(self, text: LocalizedText) -> dict[str, str]:
        # Proper names are often the same in every language and then written once.
        return {language: text.best(language)[0] for language in self.languages}


def gather(agreement: Agreement) -> Draft:
    """Read all parts of `agreement` as they stand now; about ten queries, whatever its size."""
    partnership = agreement.partnership
    return Draft(
        base=base_of(agreement) if agreement.is_amendment else None,
        agreement=agreement,
        languages=tuple(agreement.languages),
        parties=list(partnership.parties.select_related("municipality")),
        goals=list(partnership.goals.all()),
        foci=list(partnership.foci.exclude(status=Focus.Status.DROPPED).select_related("topic")),
        formats=list(partnership.exchange_formats.all()),
        participations=list(partnership.participations.select_related("actor", "party")),
        contacts=list(partnership.contact_roles.select_related("party")),
        council=list(agreement.council_references.select_related("party")),
        signatories=list(
            agreement.signatories.filter(released_at=None).select_related(
                "party", "user", "authority"
            )
        ),
        clauses=clauses_of(agreement),
        releases=list(agreement.language_releases.all()),
    )


def _words_in(value: Any, language: str) -> list[str]:
    """Every text of one language in `value`, in the order of the document."""
    if isinstance(value, list):
        return [word for each in value for word in _words_in(each, language)]
    if not isinstance(value, dict):
        return []
    if isinstance(value.get(language), str):
        return [value[language]]
    return [word for each in value.values() for word in _words_in(each, language)]


def _number(value: Decimal | None) -> str | None:
    # A decimal as text: floating point has no place in what is signed.
    return None if value is None else format(value.normalize(), "f")


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()

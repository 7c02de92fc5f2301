"""A partnership as its public page shows it, read in eight queries whatever its size.

Contacts and actors come along with their side, the evidence of all agreements in one go.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject

from foundation.accounts.models import User
from foundation.languages import LocalizedText, LocalizedTextField
from partnerships import drafts, lamps
from partnerships.models import (
    Agreement,
    AgreementVersion,
    ContactRole,
    Encounter,
    Evidence,
    ExchangeFormat,
    Focus,
    Goal,
    ParticipatingActor,
    Partnership,
    Party,
    Signatory,
    Statement,
)


@dataclasses.dataclass(frozen=True)
class Side:
    """One city with its actors and contacts (plain values, already in their languages)."""

    party: Party
    actors: Sequence[dict[str, Any]]
    contacts: Sequence[dict[str, Any]]


@dataclasses.dataclass(frozen=True)
class Signed:
    """Per party of one agreement: how many places there are and what evidence was given.

    Whoever may not read the agreement learns its state from this page and nothing else.
    """

    agreement: Agreement
    is_readable: bool
    parties: Sequence[tuple[Party, int, Sequence[Signatory]]]

    @property
    def by_all(self) -> bool:
        return all(places and len(given) == places for _party, places, given in self.parties)


@dataclasses.dataclass(frozen=True)
class Portrait:
    """Everything that the page shows."""

    partnership: Partnership
    sides: Sequence[Side]
    foci: Sequence[Focus]
    goals: Sequence[Goal]
    formats: Sequence[ExchangeFormat]
    encounters: Sequence[Encounter]
    statements: Sequence[Statement]
    signed: Sequence[Signed]

    @property
    def agreement(self) -> Signed | None:
        """The newest concluded agreement, else the newest one that was not withdrawn."""
        concluded = [each for each in self.signed if each.agreement.concluded_at]
        return next(iter(concluded or self.signed), None)

    @property
    def in_the_making(self) -> Agreement | None:
        """The agreement that is being worked on, if any."""
        making = [each.agreement for each in self.signed if not each.agreement.concluded_at]
        return next(iter(making), None)

    def lamps(self) -> list[lamps.Lamp]:
        """The four lamps, from what is on the page anyway."""
        first = self.signed[0].agreement if self.signed else Agreement()
        return lamps.four_lamps(
            drafts.Draft(
                agreement=first,
                languages=("de", "en"),
                parties=[side.party for side in self.sides],
                goals=self.goals,
                foci=self.foci,
                formats=self.formats,
                participations=[
                    ParticipatingActor(party=side.party) for side in self.sides for _ in side.actors
                ],
                contacts=(),
                council=(),
                signatories=(),
                clauses=(),
            )
        )


def portrait_of(slug: str, user: User | AnonymousUser) -> Portrait | None:
    """The partnership of this name as `user` may see it, or None."""
    sides = _sides(slug, user)
    if not sides:
        return None
    partnership = sides[0].party.partnership
    readable = Agreement.objects.visible_to(user).filter(pk=OuterRef("pk"))
    agreements = list(
        partnership.agreements.exclude(state=Agreement.State.WITHDRAWN).annotate(
            is_readable=Exists(readable)
        )
    )
    return Portrait(
        partnership=partnership,
        sides=sides,
        foci=list(partnership.foci.exclude(status=Focus.Status.DROPPED).select_related("topic")),
        goals=list(partnership.goals.all()),
        formats=list(partnership.exchange_formats.all()),
        encounters=list(partnership.encounters.all()),
        statements=list(partnership.statements.all()),
        signed=_signed(agreements, [side.party for side in sides]),
    )


def _sides(slug: str, user: User | AnonymousUser) -> list[Side]:
    actors = ParticipatingActor.objects.filter(party=OuterRef("pk"), actor__is_published=True)
    contacts = ContactRole.objects.filter(party=OuterRef("pk"), is_public=True)
    parties = (
        Party.objects.filter(
            partnership__in=Partnership.objects.visible_to(user).filter(slug=slug).values("pk")
        )
        .select_related("partnership", "municipality")
        .annotate(
            actor_values=ArraySubquery(
                actors.order_by("actor__sort_de").values(
                    value=JSONObject(
                        name="actor__name",
                        slug="actor__slug",
                        sector="actor__sector",
                        role="role",
                    )
                )
            ),
            contact_values=ArraySubquery(
                contacts.order_by("position", "pk").values(
                    value=JSONObject(
                        function="function", office="office", email="email", person="person_name"
                    )
                )
            ),
        )
        .order_by("position")
    )
    return [
        Side(
            party,
            [{**value, "role": _words(value["role"])} for value in party.actor_values],
            [{**value, "function": _words(value["function"])} for value in party.contact_values],
        )
        for party in parties
    ]


def _words(stored: dict[str, dict[str, str]]) -> LocalizedText:
    text: LocalizedText = LocalizedTextField().to_python(stored)
    return text


def _signed(agreements: Sequence[Agreement], parties: Sequence[Party]) -> list[Signed]:
    """The places of all agreements with the evidence over their newest versions; one query."""
    newest = AgreementVersion.objects.filter(agreement=OuterRef(OuterRef("agreement_id")))
    evidence = Evidence.objects.filter(
        signatory=OuterRef("pk"), version=Subquery(newest.order_by("-n").values("pk")[:1])
    )
    places: dict[tuple[int, int], list[Signatory]] = {}
    fixed = [each.pk for each in agreements if each.is_fixed]
    found = (
        Signatory.objects.filter(agreement__in=fixed, released_at=None)
        .annotate(
            signed_at=Subquery(evidence.values("at")[:1]),
            signed_how=Subquery(evidence.values("kind")[:1]),
        )
        .order_by("position")
    )
    for place in found if fixed else ():
        places.setdefault((place.agreement_id, place.party_id), []).append(place)
    return [
        Signed(
            agreement,
            bool(getattr(agreement, "is_readable", False)),
            [
                (
                    party,
                    len(places.get((agreement.pk, party.pk), ())),
                    [
                        each
                        for each in places.get((agreement.pk, party.pk), ())
                        if getattr(each, "signed_at", None)
                    ],
                )
                for party in parties
            ],
        )
        for agreement in agreements
    ]

"""Cities, partnerships and agreements in every state that the matrix asks about.

Bielefeld and Tampere work together; Aarhus and Turku are the others.
"""

from __future__ import annotations

import datetime as dt
import secrets
from decimal import Decimal

from django.utils import timezone

from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.documents import files
from foundation.documents.models import Release
from partnerships.course import encounters, exchange_formats, focuses, participation, phases
from partnerships.deeds import goals
from partnerships.directory import directory
from partnerships.models import Actor, Agreement, Edition, Encounter, Focus, Partnership
from partnerships.signing import signatories, signatures
from partnerships.wording import agreements, clauses, versions
from tests.authorization import canaries
from tests.authorization.people import People
from tests.partnerships.factories import agree_by_all, both, digests_of, fresh, proof_of

PDF = b"%PDF-1.7\n% not rendered: this is about doors, not about documents\n"
State = Agreement.State
Places = dict[str, dict[str, object]]


class Cities:
    """Builds the partnerships; `places` are the arguments of their addresses by state."""

    def __init__(self, people: People) -> None:
        self.people, self.office = people, people["office"]
        self.bielefeld = self._city("bielefeld", "DE")
        self.tampere = self._city("tampere", "FI")
        self.aarhus = self._city("aarhus", "DK")
        self.turku = self._city("turku", "FI")
        mandates.grant(people["partner"], Role.PARTNER, self.bielefeld, by=None)
        mandates.grant(people["foreign partner"], Role.PARTNER, self.aarhus, by=None)
        self.paula = self._partner("Paula", self.tampere)
        self.tove = self._partner("Tove", self.turku)
        self.topic = directory.list_topic("iot", name=both("Internet der Dinge"), by=None)
        self.spare = directory.list_topic("licht", name=both("Licht"), by=None)
        self.actor = directory.list_actor(
            "Hochschule am Fluss",
            kind=Actor.Kind.UNIVERSITY,
            sector=Actor.Sector.SCIENCE,
            municipality=self.tampere,
            by=None,
        )
        self.places: Places = {
            "city": {"slug": "bielefeld"},
            "topic": {"slug": self.topic.slug},
            "actor": {"slug": self.actor.slug},
        }
        self._build()

    def _build(self) -> None:
        private = self._partnership("eins", lead=canaries.LEAD, goal=canaries.GOAL)
        draft = self._draft(private)
        self._sign_up(draft, 1, self.people["signatory"], canaries.SIGNATORY)
        mandates.grant(self.people["project team"], Role.PROJECT_TEAM, private, by=None)
        self._release(draft)
        self.places |= {
            "private partnership": {"slug": "eins", "position": 1, "topic": "iot"},
            "draft agreement": self._place(draft),
        }
        public = self._partnership("zwei", published=True)
        self.places |= {
            "public partnership": {"slug": "zwei", "position": 1, "topic": "iot"},
            "draft of a public partnership": self._place(self._draft(public)),
        }
        foreign = self._partnership("fremd", ours=False)
        self.places["child of a foreign partnership"] = {
            **self.places["private partnership"],
            **self._place(self._draft(foreign)),
            "slug": "eins",
            "position": 7,
            "topic": "licht",
        }
        for state in ("private partnership", "draft agreement"):
            self.places[f"{state}, a foreign city in the body"] = {
                **self.places[state],
                "body_slug": "fremd",
            }
        self.places["partnership without agreement"] = {
            "slug": self._partnership("leer", lead=canaries.LEAD).slug
        }
        self.places["agreed agreement"] = self._place(self._agreed("reif"))
        self.places["draft agreement, another's signatory"] = {
            **self.places["draft agreement"],
            "signatory": self.places["agreed agreement"]["signatory"],
        }
        self.places["collecting agreement"] = self._place(self._collecting("laufend"))
        self.places["concluded agreement"] = self._place(self._concluded("fertig"))
        shown = self._concluded("gezeigt", published=True)
        for party, user in zip(shown.partnership.parties.all(), self._speakers(), strict=True):
            agreements.agree_to_publication(shown, party, by=user)
        self.places["published agreement"] = self._place(shown)

    def _city(self, slug: str, country: str):
        return directory.list_municipality(
            slug, name=both(slug.title()), country=country, region="Region", by=None
        )

    def _partner(self, name: str, city) -> User:
        user = User.objects.create_user(f"{name.lower()}@example.org", name=name)
        mandates.grant(user, Role.PARTNER, city, by=None)
        return user

    def _speakers(self, *, ours: bool = True) -> list[User]:
        first, second = ("partner", self.paula) if ours else ("foreign partner", self.tove)
        return [fresh(self.people[first]), fresh(second)]

    def _partnership(
        self,
        slug: str,
        *,
        ours: bool = True,
        published: bool = False,
        lead: str = "Zwei Städte lernen.",
        goal: str = "Sensordaten öffnen",
    ) -> Partnership:
        """A partnership with everything that the four lamps ask for."""
        cities = [self.bielefeld, self.tampere] if ours else [self.aarhus, self.turku]
        made = phases.open_partnership(
            cities,
            name=slug.title(),
            slug=slug,
            choice_reason=both("Gleiche Fragen"),
            single_reason=both("Der Kontakt bestand schon"),
            by=None,
        )
        phases.describe(
            made,
            lead=both(lead),
            choice_reason=both("Gleiche Fragen"),
            target_picture=both("Offene Daten für alle."),
            by=None,
        )
        goals.set_goal(
            made,
            title=both(goal),
            strategy=both("Ein Katalog"),
            indicator=both("Zahl der Datensätze"),
            unit=both("Datensätze"),
            baseline=Decimal(0),
            target=Decimal(40),
            due_on=dt.date(2030, 12, 31),
            by=None,
        )
        focuses.put(focuses.propose(made, self.topic, by=None), Focus.Status.ADOPTED, by=None)
        exchange_formats.promise(made, name=both("Roundtable"), per_year=4, by=None)
        for party in made.parties.all():
            actor = directory.list_actor(
                f"Institut {slug} {party.position}",
                kind=Actor.Kind.SCIENCE,
                sector=Actor.Sector.SCIENCE,
                municipality=party.municipality,
                by=None,
            )
            participation.take_part(made, actor, party=party, by=None)
            participation.name_contact(
                made,
                party=party,
                function=both("Projektleitung"),
                person_name=canaries.CONTACT,
                email="projekt@example.org",
                by=None,
            )
        encounters.note(
            made,
            title=both("Treffen"),
            on=dt.date(2026, 3, 17),
            state=Encounter.State.HELD,
            by=None,
        )
        if published:
            phases.publish_partnership(made, by=None)
        return made

    def _draft(self, partnership: Partnership) -> Agreement:
        """A draft with a private sentence in its first clause."""
        made = agreements.draft_agreement(partnership, by=self.office)
        clause = clauses.clauses_of(made)[0]
        words = {"de": f"{clause.body.get('de')} {canaries.CLAUSE}", "en": clause.body.get("en")}
        clauses.rewrite_clause(
            made, clause, words, based_on=clause.revision.n, still_fits=True, by=self.office
        )
        return made

    def _sign_up(self, agreement: Agreement, position: int, user: User, name: str):
        return signatories.name_signatory(
            agreement,
            agreement.partnership.parties.get(position=position),
            email=user.email,
            name=name,
            function=both("Oberbürgermeisteramt"),
            by=self.office,
        )

    def _release(self, agreement: Agreement) -> None:
        """Rolf signed here once, and signs for the other cities now."""
        person = self.people["released signatory"]
        place = self._sign_up(agreement, 2, person, "Rolf")
        signatories.release_signatory(place, by=self.office)
        elsewhere = self._partnership("anderswo", ours=False)
        self._sign_up(self._draft(elsewhere), 1, person, "Rolf")

    def _agreed(self, slug: str, *, published: bool = False) -> Agreement:
        made = self._draft(self._partnership(slug, published=published))
        for party in made.partnership.parties.all():
            agreements.note_council(made, party, is_reservation=True, by=self.office)
        self._sign_up(made, 1, self.people["signatory"], canaries.SIGNATORY)
        self._sign_up(made, 2, self.people["stale signatory"], "Tuomas")
        agree_by_all(made, *self._speakers())
        made.refresh_from_db()
        return made

    def _collecting(self, slug: str, **options: bool) -> Agreement:
        made = self._agreed(slug, **options)
        version = versions.freeze(made, by=self.office, proof=proof_of(self.office))
        release = listed(made, made.number, "agreement", Release.Stage.ISSUED)
        Edition.objects.create(
            version=version, stage=release.stage, release=release, pdf_sha256=release.sha256
        )
        month = timezone.now() + dt.timedelta(days=30)
        states.advance(made, State.COLLECTING, by=None, sign_by=month)
        return made

    def _concluded(self, slug: str, **options: bool) -> Agreement:
        made = self._collecting(slug, **options)
        for role in ("signatory", "stale signatory"):
            user = fresh(self.people[role])
            signatures.sign(made, **digests_of(made), proof=proof_of(user), by=user)
        states.advance(made, State.CONCLUDED, by=None, concluded_at=timezone.now())
        return made

    def _place(self, agreement: Agreement) -> dict[str, object]:
        first = agreement.signatories.filter(released_at=None).first()
        return {
            "slug": agreement.partnership.slug,
            "number": agreement.number,
            "clause": clauses.clauses_of(agreement)[0].slug,
            "signatory": first.pk if first else 0,
        }


def listed(subject, number: str, kind: str, stage: Release.Stage) -> Release:
    """A stored file on the list of releases, neither rendered nor sealed."""
    stored = files.store(
        PDF + secrets.token_hex(8).encode(), name=f"{number}.pdf", media_type="application/pdf"
    )
    return Release.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        number=number,
        kind=kind,
        stage=stage,
        file=stored,
        sha256=stored.sha256,
        revisions=1,
        signatures=1,
        seal_key="0" * 64,
        is_test=True,
    )

"""A partnership as its public page shows it, read in eight queries whatever its size.

Contacts and actors come along with their side, the evidence of all agreements in one go.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import JSONObject

from foundation.accounts.models import User
from partnerships.deeds import goals
from partnerships.deeds.projects import crossings
from partnerships.models import (
    Actor,
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
    Project,
    ProjectActor,
    Signatory,
    Statement,
)
from partnerships.permissions import can_see_plan
from partnerships.portrait import network
from partnerships.portrait.album import Album, album_of, words
from partnerships.wording import drafts, lamps


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
class Venture:
    """A project with its published actors, and how far they reach over borders, in words."""

    project: Project
    nodes: Sequence[network.Node]
    leads: Sequence[str]
    crossings: Sequence[str]


@dataclasses.dataclass(frozen=True)
class Portrait:
    """Everything that the page shows."""

    partnership: Partnership
    sides: Sequence[Side]
    foci: Sequence[Focus]
    goals: Sequence[Goal]
    album: Album
    encounters: Sequence[Encounter]
    projects: Sequence[Venture]
    signed: Sequence[Signed]
    # Whether the reader works for the partnership and sees what is not public.
    is_inside: bool

    @property
    def formats(self) -> Sequence[ExchangeFormat]:
        """What was promised, in its order."""
        return self.album.formats

    @property
    def statements(self) -> Sequence[Statement]:
        """Voices in their order."""
        return self.album.statements

    def ties(self) -> list[network.Tie]:
        """Who works with whom, by project and by topic."""
        pairs = [(venture.project, venture.nodes) for venture in self.projects]
        members = [
            network.Member(
                network.Node(actor["name"], actor["slug"], side.party.position, str(side.party)),
                frozenset(actor["topics"]),
            )
            for side in self.sides
            for actor in side.actors
        ]
        slug = self.partnership.slug
        return network.merged(
            network.by_projects(pairs, slug), network.by_topics(members, self.foci, slug)
        )

    def kind_of(self, encounter: Encounter) -> str:
        """Learn, develop or act: the meeting's own word, else that of its format."""
        modes = {form.pk: form.mode for form in self.formats}
        return encounter.mode or modes.get(encounter.exchange_format_id or 0, "")

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
        partnership.agreements.filter(base=None)
        .exclude(state=Agreement.State.WITHDRAWN)
        .annotate(is_readable=Exists(readable))
    )
    is_inside = can_see_plan(user, partnership)
    return Portrait(
        partnership=partnership,
        sides=sides,
        foci=list(partnership.foci.exclude(status=Focus.Status.DROPPED).select_related("topic")),
        goals=list(goals.with_course(partnership.goals.all())),
        album=album_of(partnership, drafts=is_inside),
        encounters=list(partnership.encounters.all()),
        projects=_ventures(partnership, drafts=is_inside),
        signed=_signed(agreements, [side.party for side in sides]),
        is_inside=is_inside,
    )


def _ventures(partnership: Partnership, *, drafts: bool) -> list[Venture]:
    """Projects with topic and actors; one query."""
    places = ProjectActor.objects.filter(project=OuterRef("pk"), actor__is_published=True)
    found = partnership.projects.select_related("topic").annotate(
        place_rows=ArraySubquery(
            places.order_by("party__position", "actor__sort_de").values(
                value=JSONObject(
                    id="actor_id",
                    name="actor__name",
                    slug="actor__slug",
                    sector="actor__sector",
                    municipality="actor__municipality_id",
                    side="party__position",
                    city="party__municipality__name",
                    leads="leads",
                )
            )
        )
    )
    return [
        _venture(project) for project in (found if drafts else found.exclude(published_at=None))
    ]


def _venture(project: Project) -> Venture:
    rows: list[dict[str, Any]] = project.place_rows  # type: ignore[attr-defined]
    nodes = [
        network.Node(row["name"], row["slug"], row["side"], str(words(row["city"]))) for row in rows
    ]
    actors = [
        Actor(pk=row["id"], sector=row["sector"], municipality_id=row["municipality"])
        for row in rows
    ]
    leads = [row["name"] for row in rows if row["leads"]]
    return Venture(project, nodes, leads, crossings(actors))


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
                        topics=ArraySubquery(
                            Actor.topics.through.objects.filter(
                                actor_id=OuterRef("actor_id")
                            ).values("topic_id")
                        ),
                    )
                )
            ),
            contact_values=ArraySubquery(
                contacts.order_by("position", "pk").values(
                    value=JSONObject(
                        id="id",
                        function="function",
                        office="office",
                        phone="phone",
                        email=Case(When(shows_email=True, then=F("email")), default=Value("")),
                        person=Case(
                            When(name_is_public=True, then=F("person_name")), default=Value("")
                        ),
                    )
                )
            ),
        )
        .order_by("position")
    )
    return [
        Side(
            party,
            [{**value, "role": words(value["role"])} for value in party.actor_values],
            [{**value, "function": words(value["function"])} for value in party.contact_values],
        )
        for party in parties
    ]


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
        if how := getattr(place, "signed_how", None):
            place.signed_words = Evidence.Kind(how).label  # type: ignore[attr-defined]
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

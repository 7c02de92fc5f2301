"""Who works with whom: actor of one city, topic, actor of another, and through what.

Two actors are tied by a joint project, or by a topic of the partnership that both work on.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from foundation.accounts.models import User
from partnerships.models import Actor, Focus, ParticipatingActor, Partnership, Project, ProjectActor


@dataclasses.dataclass(frozen=True, order=True)
class Node:
    """An actor on the side of one city: `side` is the place of its city, from 1."""

    name: str
    slug: str
    side: int
    city: str


@dataclasses.dataclass(frozen=True)
class Tie:
    """`topic` is empty where the project names none; `project` where it is a shared topic alone."""

    first: Node
    second: Node
    topic: str
    topic_slug: str = ""
    project: str = ""
    project_slug: str = ""
    partnership_slug: str = ""


@dataclasses.dataclass(frozen=True)
class Member:
    """A node with the ids of the topics that its actor works on."""

    node: Node
    topics: frozenset[int]


@dataclasses.dataclass(frozen=True)
class Involvement:
    """A project of one actor with the published actors in it, and whether the one leads it."""

    project: Project
    nodes: Sequence[Node]
    is_lead: bool


@dataclasses.dataclass(frozen=True)
class Web:
    """What one actor makes with others, and whom it is tied to."""

    involvements: Sequence[Involvement]
    ties: Sequence[Tie]


def by_projects(projects: Iterable[tuple[Project, Sequence[Node]]], slug: str) -> list[Tie]:
    """Ties of the published actors of each project."""
    found = []
    for project, nodes in projects:
        topic = project.topic
        about = (str(topic or ""), topic.slug if topic else "", str(project), project.slug, slug)
        found += [Tie(first, second, *about) for first, second in _pairs(nodes)]
    return found


def by_topics(members: Sequence[Member], foci: Iterable[Focus], slug: str) -> list[Tie]:
    """Ties of participating actors of different cities that work on the same topic."""
    found = []
    for focus in foci:
        on_it = [each.node for each in members if focus.topic_id in each.topics]
        found += [
            Tie(first, second, str(focus.topic), focus.topic.slug, partnership_slug=slug)
            for first, second in _pairs(on_it)
        ]
    return found


def merged(projects: Sequence[Tie], topics: Sequence[Tie]) -> list[Tie]:
    """All ties; one by topic alone gives way to a project of the same two on the same topic."""
    known = {(tie.first.slug, tie.second.slug, tie.topic) for tie in projects}
    return [
        *projects,
        *(tie for tie in topics if (tie.first.slug, tie.second.slug, tie.topic) not in known),
    ]


def lines_of(ties: Iterable[Tie]) -> list[tuple[str, str, str]]:
    """What the drawing shows: name, what ties them, name."""
    return [(tie.first.name, tie.topic or tie.project, tie.second.name) for tie in ties]


def ties_of_actor(actor: Actor, user: User | AnonymousUser) -> Sequence[Tie]:
    """Whom `actor` works with, in all partnerships that `user` may see; three queries."""
    return web_of_actor(actor, user).ties


def web_of_actor(actor: Actor, user: User | AnonymousUser) -> Web:
    """The joint projects and ties of `actor` that `user` may see; three queries."""
    involvements = _involvements_of(actor, user)
    projects: list[Tie] = []
    for each in involvements:
        projects += by_projects([(each.project, each.nodes)], each.project.partnership.slug)
    seen = Partnership.objects.visible_to(user)
    own = ParticipatingActor.objects.filter(actor=actor, partnership__in=seen.values("pk"))
    ties = merged(projects, by_topics_of(own.values("partnership")))
    return Web(
        involvements, [tie for tie in ties if actor.slug in {tie.first.slug, tie.second.slug}]
    )


def _involvements_of(actor: Actor, user: User | AnonymousUser) -> list[Involvement]:
    """The newest project first; one query."""
    projects = Project.objects.visible_to(user).filter(places__actor=actor)
    places = (
        ProjectActor.objects.filter(project__in=projects.values("pk"))
        .select_related("actor", "party__municipality", "project__topic", "project__partnership")
        .order_by("-project_id", "party__position", "pk")
    )
    found = []
    for _pk, group in itertools.groupby(places, key=lambda place: place.project_id):
        together = list(group)
        nodes = [_node(place) for place in together if place.actor.is_published]
        leads = any(place.leads for place in together if place.actor_id == actor.pk)
        found.append(Involvement(together[0].project, nodes, leads))
    return found


def by_topics_of(partnerships: QuerySet[Any, Any]) -> list[Tie]:
    """Ties by topic in these partnerships (ids); two queries, one without any participant."""
    topics = Actor.topics.through.objects.filter(actor_id=OuterRef("actor_id"))
    places = (
        ParticipatingActor.objects.filter(partnership__in=partnerships, actor__is_published=True)
        .select_related("actor", "party__municipality", "partnership")
        .annotate(topic_ids=ArraySubquery(topics.values("topic_id")))
    )
    members: dict[tuple[int, str], list[Member]] = {}
    for place in places:
        works_on: list[int] = place.topic_ids
        key = (place.partnership_id, place.partnership.slug)
        members.setdefault(key, []).append(Member(_node(place), frozenset(works_on)))
    if not members:
        return []
    foci = Focus.objects.filter(
        ~Q(status=Focus.Status.DROPPED), partnership__in=[pk for pk, _slug in members]
    )
    by_partnership: dict[int, list[Focus]] = {}
    for focus in foci.select_related("topic"):
        by_partnership.setdefault(focus.partnership_id, []).append(focus)
    found: list[Tie] = []
    for (pk, slug), group in members.items():
        found += by_topics(group, by_partnership.get(pk, ()), slug)
    return found


def _pairs(nodes: Sequence[Node]) -> list[tuple[Node, Node]]:
    """Every two of different cities, the earlier side first."""
    ordered = sorted(nodes, key=lambda node: (node.side, node.name))
    return [
        (first, second)
        for index, first in enumerate(ordered)
        for second in ordered[index + 1 :]
        if first.side != second.side
    ]


def _node(place: ParticipatingActor | ProjectActor) -> Node:
    party = place.party
    return Node(place.actor.name, place.actor.slug, party.position, str(party))

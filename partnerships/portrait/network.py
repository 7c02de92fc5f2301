"""Who works with whom: actor of one city, topic, actor of another, and through what.

Two actors are tied by a joint project, or by a topic of the partnership that both work on.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

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


def ties_of_actor(actor: Actor, user: User | AnonymousUser) -> list[Tie]:
    """Whom `actor` works with, in all partnerships that `user` may see; five queries at most."""
    seen = Partnership.objects.visible_to(user)
    projects = (
        Project.objects.visible_to(user)
        .filter(places__actor=actor)
        .select_related("topic", "partnership")
        .prefetch_related("places__actor", "places__party__municipality")
    )
    found: list[Tie] = []
    for project in projects:
        places = [place for place in project.places.all() if place.actor.is_published]
        nodes = [_node(place) for place in places]
        found += by_projects([(project, nodes)], project.partnership.slug)
    own = ParticipatingActor.objects.filter(actor=actor, partnership__in=seen.values("pk"))
    topics = by_topics_of(list(own.values_list("partnership_id", flat=True)))
    ties = merged(found, topics)
    return [tie for tie in ties if actor.slug in {tie.first.slug, tie.second.slug}]


def by_topics_of(partnerships: Sequence[int]) -> list[Tie]:
    """Ties by topic in these partnerships; three queries, none without a partnership."""
    if not partnerships:
        return []
    places = (
        ParticipatingActor.objects.filter(partnership__in=partnerships, actor__is_published=True)
        .select_related("actor", "party__municipality", "partnership")
        .prefetch_related("actor__topics")
    )
    foci = Focus.objects.filter(~Q(status=Focus.Status.DROPPED), partnership__in=partnerships)
    by_partnership: dict[int, list[Focus]] = {}
    for focus in foci.select_related("topic"):
        by_partnership.setdefault(focus.partnership_id, []).append(focus)
    members: dict[tuple[int, str], list[Member]] = {}
    for place in places:
        topics = frozenset(topic.pk for topic in place.actor.topics.all())
        key = (place.partnership_id, place.partnership.slug)
        members.setdefault(key, []).append(Member(_node(place), topics))
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

"""Peer groups of a cohort: suggested by topic and need, taken over, changed by hand."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from formats.learning import grouping
from formats.learning.members import demand_open
from formats.models import Cohort, CohortMember, PeerGroup
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class GroupFull(DomainError):
    """A group takes nine people at most."""


def suggest(cohort: Cohort) -> tuple[list[list[CohortMember]], bool]:
    """Members by suggested group, and whether all groups have six to nine people."""
    members = {each.pk: each for each in _joined(cohort)}
    people = [
        grouping.Person(
            pk,
            frozenset(topic.pk for topic in each.needs.all()),
            frozenset(topic.pk for topic in each.brings.all()),
        )
        for pk, each in members.items()
    ]
    found = grouping.suggest(people)
    return [[members[key] for key in group] for group in found.groups], found.fits


def take_over(cohort: Cohort, *, by: User) -> None:
    """Make today's suggestion the groups of the cohort. Raises CohortClosed."""
    demand_open(cohort)
    with transaction.atomic():
        Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
        suggested, _fits = suggest(cohort)
        cohort.groups.all().delete()
        for number, members in enumerate(suggested, start=1):
            group = PeerGroup.objects.create(cohort=cohort, number=number)
            CohortMember.objects.filter(pk__in=[each.pk for each in members]).update(group=group)
        trail.record("cohort.grouped", cohort, by=by, groups=len(suggested))


def move(member: CohortMember, group: PeerGroup | None, *, by: User) -> None:
    """Put somebody into another group, or into none. Raises GroupFull, CohortClosed."""
    demand_open(member.cohort)
    with transaction.atomic():
        if group is not None:
            PeerGroup.objects.select_for_update().get(pk=group.pk)
            others = CohortMember.objects.joined().filter(group=group).exclude(pk=member.pk)
            if others.count() >= grouping.MOST:
                raise GroupFull(
                    "group-full", _("The group has nine people already. Nobody was moved.")
                )
        CohortMember.objects.filter(pk=member.pk).update(group=group)
        trail.record("cohort.moved", member, by=by, group=group.pk if group else None)


def _joined(cohort: Cohort) -> list[CohortMember]:
    rows = CohortMember.objects.joined().filter(cohort=cohort)
    return list(rows.select_related("user", "industry").prefetch_related("needs", "brings"))

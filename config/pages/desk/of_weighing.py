"""Votes, ideas and loose ends on the desk of the office, of the chair and of those who vote."""

from __future__ import annotations

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.pages.desk.items import Item
from formats import permissions
from formats.models import Idea, Poll, PriorityRound, Voter
from formats.weighing import loose_ends
from foundation.accounts.models import User

State = Poll.State


def items(user: User) -> list[Item]:
    """Ballots to give, votes to run, ideas and advice to answer, results to take further."""
    found = _ballots(user) + _votes(user)
    if permissions.can_read_ideas(user):
        found += _ideas() + _loose_ends(user)
    return found


def _ballots(user: User) -> list[Item]:
    waiting = Voter.objects.filter(user=user, has_voted=False, poll__state=State.OPEN)
    rounds = PriorityRound.objects.filter(poll__in=waiting.values("poll")).select_related("poll")
    return [
        Item(
            _("Your ballot is missing: %(title)s") % {"title": each.title},
            str(each.question),
            reverse("priority_vote", args=[each.pk]),
            _("Vote"),
            since=each.poll.opened_at,
            until=each.poll.closes_at,
        )
        for each in rounds
    ]


def _votes(user: User) -> list[Item]:
    rounds = PriorityRound.objects.filter(poll__state__in=[State.PREPARED, State.OPEN])
    return [
        Item(
            _("Prioritisation: %(title)s") % {"title": each.title},
            str(each.poll.get_state_display()),
            reverse("priority_run", args=[each.pk]),
            _("Run"),
            until=each.poll.closes_at or each.meeting.ends_at,
        )
        for each in rounds.select_related("poll", "meeting__body")
        if permissions.can_prepare(user, each.meeting.body)
    ]


def _ideas() -> list[Item]:
    waiting = Idea.objects.filter(state=Idea.State.RECEIVED)
    number = waiting.count()
    if not number:
        return []
    text = ngettext("%(n)d idea waits for its answer", "%(n)d ideas wait for an answer", number)
    return [
        Item(
            text % {"n": number},
            _("Every idea gets an answer."),
            reverse("idea_inbox"),
            _("Answer"),
            since=waiting.aggregate(first=Min("received_at"))["first"],
        )
    ]


def _loose_ends(user: User) -> list[Item]:
    ends = loose_ends.loose_ends(user)
    number = sum(
        rows.count()
        for rows in (ends.visions, ends.topics, ends.unanswered, ends.waiting, ends.overdue)
    )
    if not number:
        return []
    text = ngettext(
        "%(n)d result of the D.I.V. has no next step",
        "%(n)d results of the D.I.V. have no next step",
        number,
    )
    return [
        Item(
            text % {"n": number},
            _("Visions without an order, advice without an answer, orders that wait or are late."),
            reverse("loose_end_list"),
            _("Look"),
        )
    ]

"""Rooms of circles on the desk: what they ask of a member, and what waits for their hosts."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles import permissions
from circles.deciding import overview as deciding
from circles.gathering import date_polls, tasks
from circles.models import Circle
from circles.proposing import overview as proposing
from config.pages.desk.items import AT_MOST, Item, end_of
from formats.models import Meeting
from formats.sittings.places import path_of
from foundation.accounts.models import User

State = Meeting.State
AHEAD = dt.timedelta(days=60)


def items(user: User) -> list[Item]:
    """As many questions, however many circles are at work."""
    at_work = Circle.objects.filter(state=Circle.State.WORKING, body__isnull=False)
    hosted = [each for each in at_work.order_by("number") if permissions.can_host(user, each)]
    return [
        *_decisions(user),
        *_tasks(user),
        *_dates(user),
        *(_meetings(hosted) if hosted else []),
        *(_to_lead(hosted) if hosted else []),
        *(_suggestions(hosted) if hosted else []),
        *(_feedback_over(hosted) if hosted else []),
    ]


def _decisions(user: User) -> list[Item]:
    """Voices and ballots that a circle asks of this reader as its member."""
    what = {"voice": _("Give your voice: %(title)s"), "ballot": _("Give your ballot: %(title)s")}
    return [
        Item(
            what[each.kind] % {"title": each.decision.title},
            f"{each.decision.circle.name}, {each.decision.number}",
            reverse("decision", args=[each.decision.circle.slug, each.decision.n]),
            _("Give it"),
            until=each.until,
        )
        for each in deciding.waiting_for(user)[:AT_MOST]
    ]


def _to_lead(circles: list[Circle]) -> list[Item]:
    """Rounds that can be closed, and votes that a member has moved."""
    return [
        Item(
            (
                _("Close the consent round: %(title)s")
                if each.may_close
                else _("Open the vote that was moved: %(title)s")
            )
            % {"title": each.title},
            f"{each.circle.name}, {each.number}",
            reverse("decision", args=[each.circle.slug, each.n]),
            _("Look"),
        )
        for each in deciding.to_lead(circles)[:AT_MOST]
    ]


def _tasks(user: User) -> list[Item]:
    return [
        Item(
            each.title,
            str(each.circle.name),
            reverse("task_list", args=[each.circle.slug]),
            _("To the task"),
            until=end_of(each.due_on),
            whole_day=True,
        )
        for each in tasks.open_of(user)[:AT_MOST]
    ]


def _dates(user: User) -> list[Item]:
    return [
        Item(
            _("Say when you can come: %(title)s") % {"title": each.title},
            str(each.circle.name),
            reverse("date_poll", args=[each.circle.slug, each.pk]),
            _("Answer"),
            since=each.asked_at,
        )
        for each in date_polls.unanswered_by(user)[:AT_MOST]
    ]


def _meetings(circles: list[Circle]) -> list[Item]:
    """What meetings ask of those who look after the room, and where the rooms are."""
    now = timezone.now()
    hosted = {each.body_id: each for each in circles}
    open_ = Meeting.objects.filter(
        body__in=hosted, state__in=[State.SCHEDULED, State.INVITED], starts_at__lte=now + AHEAD
    )
    found = list(open_.select_related("body").order_by("starts_at")[:AT_MOST])
    busy = {each.body_id for each in found}
    return [
        *(_of_meeting(each, hosted[each.body_id]) for each in found),
        *(_of_room(each) for key, each in list(hosted.items())[:AT_MOST] if key not in busy),
    ]


def _suggestions(circles: list[Circle]) -> list[Item]:
    """Rounds of feedback that cannot be closed before members have answered."""
    return [
        Item(
            ngettext(
                "%(n)d suggestion waits for an answer: %(circle)s",
                "%(n)d suggestions wait for an answer: %(circle)s",
                each.waits,
            )
            % {"n": each.waits, "circle": each.version.proposal.circle.name},
            _("Members answer; then you can close the round."),
            reverse("feedback_round", args=[each.version.proposal.circle.slug, each.pk]),
            _("Look"),
            until=each.closes_at,
        )
        for each in proposing.rounds_waiting(circles)[:AT_MOST]
    ]


def _feedback_over(circles: list[Circle]) -> list[Item]:
    """Rounds of feedback in which everything is answered and nothing more arrives."""
    return [
        Item(
            _("Close the round of feedback: %(circle)s")
            % {"circle": each.version.proposal.circle.name},
            _("All suggestions are answered; closing it tells the reviewers."),
            reverse("feedback_round", args=[each.version.proposal.circle.slug, each.pk]),
            _("Look"),
            since=each.closes_at,
        )
        for each in proposing.rounds_over(circles)[:AT_MOST]
    ]


def _of_meeting(meeting: Meeting, circle: Circle) -> Item:
    invites = meeting.state == State.SCHEDULED
    said = (
        _("Prepare the meeting and invite: %(circle)s")
        if invites
        else _("Meeting of the circle: %(circle)s")
    )
    return Item(
        said % {"circle": circle.name},
        meeting.place,
        path_of(meeting),
        _("Prepare") if invites else _("Look"),
        until=meeting.starts_at,
    )


def _of_room(circle: Circle) -> Item:
    return Item(
        _("The circle at work has no meeting ahead: %(circle)s") % {"circle": circle.name},
        _("Plan a meeting, or look for a date."),
        reverse("room", args=[circle.slug]),
        _("Into the room"),
    )

"""The D.I.V. on the desk of those who prepare it and of its members."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.pages.desk.items import Item, end_of
from formats.models import Body, Meeting, Membership, Minutes, Resolution
from formats.permissions import can_prepare
from formats.sittings import bodies, circulars, letters, meetings
from foundation.accounts.mandates import holds
from foundation.accounts.models import Role, User

State = Meeting.State
TERM_WARNING = dt.timedelta(days=60)


def items(user: User) -> list[Item]:
    """Invitations, sessions, votes, minutes, terms that end, years with too few sessions."""
    body = bodies.the_div()
    if body is None:
        return []
    prepares = can_prepare(user, body)
    if not prepares and not holds(user, Role.DIV_MEMBER, body):
        return []
    now = timezone.now()
    open_ = Meeting.objects.filter(body=body, state__in=[State.SCHEDULED, State.INVITED])
    found: list[Item | None] = [_of_session(each, body, now, prepares) for each in open_]
    found += [_of_vote(each) for each in circulars.waiting_for(user)]
    if prepares:
        found += [_too_few(body, year) for year in meetings.short_years(body, now)]
        found += [_of_minutes(each, body) for each in _unfinished(body)]
        found += _of_letters(body)
        found += [_of_term(each) for each in bodies.ending_terms(body, now.date() + TERM_WARNING)]
    return [item for item in found if item]


def _of_vote(resolution: Resolution) -> Item:
    return Item(
        _("Your vote on %(number)s") % {"number": resolution.number},
        Truncator(resolution.wording).chars(80),
        reverse("resolution", args=[resolution.year, resolution.ordinal, resolution.n]),
        _("Cast the vote"),
        since=resolution.opened_at if resolution.closes_at is None else None,
        until=resolution.closes_at,
    )


def _of_letters(body: Body) -> list[Item]:
    """Sessions of whose mails some wait to be read."""
    held = letters.held_by_session(body)
    sessions = Meeting.objects.filter(pk__in=held).order_by("starts_at")
    return [
        Item(
            ngettext(
                "%(n)d mail of session %(number)s has not left yet",
                "%(n)d mails of session %(number)s have not left yet",
                held[each.pk],
            )
            % {"n": held[each.pk], "number": each.number},
            _("Read one of them and let all go."),
            reverse("meeting_letters", args=[each.year, each.ordinal]),
            _("Read and let go"),
        )
        for each in sessions
    ]


def _unfinished(body: Body) -> list[Minutes]:
    """Minutes of sessions that are over, not yet laid before the members or not approved."""
    rows = Minutes.objects.filter(meeting__body=body, meeting__state=State.HELD)
    return list(rows.exclude(state=Minutes.State.APPROVED).select_related("meeting").order_by("pk"))


def _of_minutes(minutes: Minutes, body: Body) -> Item | None:
    names = {"body": body.name, "number": minutes.meeting.number}
    place = [minutes.meeting.year, minutes.meeting.ordinal]
    if minutes.state == Minutes.State.DRAFT:
        return Item(
            _("The minutes of %(body)s session %(number)s are not laid before the members yet")
            % names,
            "",
            reverse("session_room", args=place),
            _("Write on"),
            since=minutes.meeting.ends_at,
        )
    later = meetings.next_after(minutes.meeting)
    if later is None or later.opened_at is None:
        return None
    return Item(
        _("The minutes of %(body)s session %(number)s wait for approval") % names,
        _("Session %(number)s can approve them.") % {"number": later.number},
        reverse("minutes_approve", args=place),
        _("Note the approval"),
        since=later.opened_at,
    )


def _of_term(membership: Membership) -> Item:
    assert membership.term_ends_on is not None  # noqa: S101 - for the type checker
    return Item(
        _("The term of a member ends: %(who)s") % {"who": membership.on_behalf_of},
        "",
        f"{reverse('div')}#mitglieder",
        _("To the members"),
        until=end_of(membership.term_ends_on),
        whole_day=True,
    )


def _of_session(meeting: Meeting, body: Body, now: dt.datetime, prepares: bool) -> Item | None:
    place = [meeting.year, meeting.ordinal]
    names = {"body": body.name, "number": meeting.number}
    if prepares and meeting.ends_at < now:
        return Item(
            _("%(body)s session %(number)s is over") % names,
            _("Say whether it was held."),
            reverse("meeting_prepare", args=place),
            _("Close the session"),
            since=meeting.ends_at,
        )
    if prepares and meeting.state == State.SCHEDULED:
        return Item(
            _("The invitation to %(body)s session %(number)s must leave") % names,
            _("Days between invitation and session: %(n)d") % {"n": body.notice_days},
            reverse("meeting_prepare", args=place),
            _("Prepare"),
            until=meeting.starts_at - dt.timedelta(days=body.notice_days),
        )
    if meeting.ends_at < now:
        return None
    return Item(
        _("%(body)s session %(number)s") % names,
        meeting.place,
        reverse("meeting", args=place),
        _("Look"),
        until=meeting.starts_at,
    )


def _too_few(body: Body, year: int) -> Item:
    return Item(
        _("%(body)s has too few sessions in %(year)d") % {"body": body.name, "year": year},
        _("The rules ask for %(n)d in a calendar year.") % {"n": body.sessions_min},
        reverse("meeting_create"),
        _("Plan a session"),
    )

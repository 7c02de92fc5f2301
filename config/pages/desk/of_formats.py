"""The D.I.V. on the desk of those who prepare it and of its members."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.pages.desk.items import Item
from formats import bodies, meetings
from formats.models import Body, Meeting
from formats.permissions import can_prepare
from foundation.accounts.mandates import holds
from foundation.accounts.models import Role, User

State = Meeting.State


def items(user: User) -> list[Item]:
    """Invitations that must leave, sessions to come, sessions nobody has closed."""
    body = bodies.the_div()
    if body is None:
        return []
    prepares = can_prepare(user, body)
    if not prepares and not holds(user, Role.DIV_MEMBER, body):
        return []
    now = timezone.now()
    open_ = Meeting.objects.filter(body=body, state__in=[State.SCHEDULED, State.INVITED])
    found = [_of_session(each, body, now, prepares) for each in open_]
    if prepares:
        found.append(_too_few(body, now))
    return [item for item in found if item]


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


def _too_few(body: Body, now: dt.datetime) -> Item | None:
    year = meetings.year_of(body, now)
    if not meetings.is_short_of_sessions(body, year):
        return None
    return Item(
        _("%(body)s has too few sessions in %(year)d") % {"body": body.name, "year": year},
        _("The rules ask for %(n)d in a calendar year.") % {"n": body.sessions_min},
        reverse("meeting_create"),
        _("Plan a session"),
    )

"""A session while it goes on: opened by the chair, members coming and going, the quorum.

Whoever has left no longer counts; a deputy counts only while the member is away.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import Attendance, Body, Meeting, Membership, Minutes
from formats.sittings import meetings
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class NotOpenNow(DomainError):
    """The session is not open: not yet, or not any more."""


class NotCounted(DomainError):
    """This person is no member on that day, is there already, or is not there."""


@dataclasses.dataclass(frozen=True)
class Quorum:
    """How many votes the body has, how many are there, how many it takes."""

    entitled: int
    present: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.present >= self.needed


def open_session(meeting: Meeting, *, by: User, at: dt.datetime | None = None) -> Minutes:
    """The chair opens the session; its minutes begin. `at`: for one that is entered afterwards."""
    now = timezone.now()
    if meeting.starts_at - meetings.SOON > now:
        raise NotOpenNow("meeting-ahead", _("This session has not begun yet."))
    with transaction.atomic():
        opened = Meeting.objects.filter(
            pk=meeting.pk, state=Meeting.State.INVITED, opened_at=None
        ).update(opened_at=at or now, changed_at=now)
        if not opened:
            raise NotOpenNow(
                "not-openable",
                _("Only a session to which members were invited is opened, and only once."),
            )
        minutes, _made = Minutes.objects.get_or_create(meeting=meeting)
        trail.record("meeting.opened", meeting, by=by)
    meeting.refresh_from_db()
    return minutes


def arrive(
    meeting: Meeting, membership: Membership, *, by: User, at: dt.datetime | None = None
) -> Attendance:
    """The member is in the room from now on (or since `at`)."""
    demand_open(meeting)
    day = meetings.day_of(meeting)
    if not meetings.members_on(meeting.body, day).filter(pk=membership.pk).exists():
        raise NotCounted("no-member", _("This person is no member of this body on that day."))
    seat = membership.deputises or membership
    try:
        with transaction.atomic():
            stay = Attendance.objects.create(
                meeting=meeting,
                membership=membership,
                seat=seat,
                votes=seat.has_vote,
                arrived_at=at or timezone.now(),
            )
            trail.record("meeting.arrived", meeting, by=by, membership=membership.pk)
    except IntegrityError as error:
        raise NotCounted(
            "seat-taken",
            _("This member or the deputy is in the room already: one seat, one vote."),
        ) from error
    return stay


def leave(
    meeting: Meeting, membership: Membership, *, by: User, at: dt.datetime | None = None
) -> None:
    """The member has left the room and no longer counts."""
    demand_open(meeting)
    with transaction.atomic():
        gone = Attendance.objects.filter(
            meeting=meeting, membership=membership, left_at=None
        ).update(left_at=at or timezone.now())
        if not gone:
            raise NotCounted("not-there", _("This person is not in the room."))
        trail.record("meeting.left", meeting, by=by, membership=membership.pk)


def demand_open(meeting: Meeting) -> None:
    """Raise NotOpenNow unless the chair has opened the session and not closed it."""
    if not meeting.is_open:
        raise NotOpenNow(
            "session-not-open", _("The session is not open. The chair opens it first.")
        )


def entitled_votes(body: Body, day: dt.date) -> int:
    """How many votes the body has on `day`."""
    return meetings.members_on(body, day).with_vote().count()  # type: ignore[attr-defined]


def quorum_of(meeting: Meeting, at: dt.datetime | None = None) -> Quorum:
    """Who counts in the room at this moment (or `at`)."""
    moment = at or timezone.now()
    entitled = entitled_votes(meeting.body, meetings.day_of(meeting))
    present = meeting.attendances.at(moment).filter(votes=True).count()
    return Quorum(entitled, present, entitled * meeting.body.quorum_percent // 100 + 1)

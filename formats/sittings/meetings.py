"""Sessions of a body: so many in a calendar year of its city, moved or cancelled, then held.

One beyond the maximum needs a reason that everybody can read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from formats.models import Body, Meeting, Membership, Resolution
from formats.sittings import invitations
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents.rendering import check_limits
from foundation.errors import DomainError

_REFERENCE = re.compile(r"(?P<body>.+)-(?P<year>[0-9]{4})-(?P<ordinal>[0-9]{1,4})")
_NUMBER = re.compile(r"(?P<ordinal>[0-9]{1,4})/(?P<year>[0-9]{4})")
SOON = dt.timedelta(hours=1)  # how long before its time a session may be opened


class TooManySessions(DomainError):
    """The year has its maximum of sessions and no reason was given for one more."""


class InThePast(DomainError):
    """The day lies in the past, and nobody said that the session is entered afterwards."""


class HasAdoptions(DomainError):
    """Something was adopted in the session; it took place."""


class NotNow(DomainError):
    """The session has not begun, is over, or a vote is under way."""


def year_of(body: Body, moment: dt.datetime) -> int:
    """The calendar year of `moment` where the body meets."""
    return moment.astimezone(ZoneInfo(body.time_zone)).year


def day_of(meeting: Meeting) -> dt.date:
    """The day of the session where the body meets."""
    return meeting.starts_at.astimezone(ZoneInfo(meeting.body.time_zone)).date()


def schedule(
    body: Body,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    is_public: bool = True,
    over_maximum_reason: str = "",
    afterwards: bool = False,
    by: User,
) -> Meeting:
    """Put a session on the calendar; it gets the next number of its year.

    `afterwards`: it took place before it was entered here.
    """
    if starts_at < timezone.now() and not afterwards:
        raise InThePast(
            "in-the-past",
            _("This day is over. Choose another, or say that the session took place already."),
        )
    check_limits(f"{place}\n{over_maximum_reason}")
    year = year_of(body, starts_at)
    with transaction.atomic():
        body = Body.objects.select_for_update().get(pk=body.pk)
        of_year = Meeting.objects.filter(body=body, year=year)
        standing = of_year.exclude(state=Meeting.State.CANCELLED).count()
        is_over = body.sessions_max is not None and standing >= body.sessions_max
        if is_over and not over_maximum_reason:
            raise _too_many(body, year)
        last = of_year.aggregate(last=Max("ordinal"))["last"] or 0
        meeting = Meeting.objects.create(
            body=body,
            year=year,
            ordinal=last + 1,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            is_public=is_public,
            over_maximum_reason=over_maximum_reason if is_over else "",
        )
        trail.record("meeting.scheduled", meeting, by=by, year=year, ordinal=meeting.ordinal)
    return meeting


def _too_many(body: Body, year: int) -> TooManySessions:
    return TooManySessions(
        "too-many-sessions",
        ngettext(
            "%(year)s has its one session already. One more needs a reason, "
            "which is shown publicly.",
            "%(year)s has its %(most)s sessions already. One more needs a reason, "
            "which is shown publicly.",
            body.sessions_max or 0,
        )
        % {"year": year, "most": body.sessions_max},
    )


def move(
    meeting: Meeting,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    short_notice_consent: str = "",
    by: User,
) -> None:
    """Another time or place within the same year; who was invited is told, with the new date.

    A session that is brought forward needs its period of notice anew, or consent to a shorter one.
    """
    if starts_at < timezone.now():
        raise InThePast("in-the-past", _("This day is over. Choose another."))
    if year_of(meeting.body, starts_at) != meeting.year:
        raise NotNow(
            "another-year",
            _("Its number belongs to %(year)s. Cancel this session and plan one in the other year.")
            % {"year": meeting.year},
        )
    check_limits(f"{place}\n{short_notice_consent}")
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if not locked.is_standing or locked.opened_at is not None:
            raise NotNow("meeting-over", _("This session has begun, is over or was cancelled."))
        values = {"starts_at": starts_at, "ends_at": ends_at, "place": place}
        if locked.state == Meeting.State.INVITED and starts_at < locked.starts_at:
            moved = Meeting(body=meeting.body, starts_at=starts_at)
            invitations.demand_notice(moved, timezone.now(), short_notice_consent)
            values |= {
                "invited_at": timezone.now(),
                "short_notice_consent": short_notice_consent,
            }
        Meeting.objects.filter(pk=meeting.pk).update(
            **values, sequence=F("sequence") + 1, changed_at=timezone.now()
        )
        trail.record("meeting.moved", meeting, by=by)
        meeting.refresh_from_db()
        if meeting.state == Meeting.State.INVITED:
            invitations.tell_of_move(meeting, by=by)


def is_short_of_sessions(body: Body, year: int) -> bool:
    """Whether `year` has fewer sessions than the rules ask for."""
    standing = Meeting.objects.filter(body=body, year=year).exclude(state=Meeting.State.CANCELLED)
    return standing.count() < body.sessions_min


def short_years(body: Body, now: dt.datetime) -> list[int]:
    """Years with too few sessions: this one, and from October on the next, early enough to act."""
    local = now.astimezone(ZoneInfo(body.time_zone))
    years = [local.year] if local.month < 10 else [local.year, local.year + 1]
    rows = Meeting.objects.filter(body=body, year__in=years)
    standing = Counter(rows.exclude(state=Meeting.State.CANCELLED).values_list("year", flat=True))
    return [year for year in years if standing[year] < body.sessions_min]


def hold(meeting: Meeting, *, by: User, at: dt.datetime | None = None) -> None:
    """The session took place and is over: whoever is still noted as present leaves.

    `at`: when it ended, for one that is entered afterwards.
    """
    now = at or timezone.now()
    if meeting.starts_at - SOON > now:
        raise NotNow("meeting-ahead", _("This session has not begun yet."))
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if locked.resolutions.filter(state=Resolution.State.OPEN).exists():
            raise NotNow("vote-open", _("A vote is still under way. Count it or stop it first."))
        locked.attendances.filter(left_at=None).update(left_at=max(now, locked.opened_at or now))
        closed: dict[str, Any] = {"closed_at": now} if locked.opened_at is not None else {}
        states.advance(meeting, Meeting.State.HELD, by=by, changed_at=now, **closed)


def cancel(meeting: Meeting, *, reason: str = "", by: User) -> None:
    """The session does not take place; its number is not given again; the invited are told."""
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if locked.visions.exists():
            raise HasAdoptions(
                "has-adoptions",
                _("Visions were adopted in this session, so it took place. Mark it as held."),
            )
        if locked.opened_at is not None:
            raise HasAdoptions(
                "was-opened", _("This session was opened, so it took place. Mark it as held.")
            )
        was_invited = locked.state == Meeting.State.INVITED
        states.advance(
            meeting,
            Meeting.State.CANCELLED,
            by=by,
            cancel_reason=reason,
            sequence=locked.sequence + 1,
            changed_at=timezone.now(),
        )
        if was_invited:
            invitations.tell_of_cancellation(meeting, by=by)


def members_on(body: Body, day: dt.date) -> QuerySet[Membership]:
    """Memberships of the body that are in force on `day`."""
    return Membership.objects.on(day).filter(body=body)


def next_after(meeting: Meeting) -> Meeting | None:
    """The body's next session that stands, by time."""
    later = Meeting.objects.filter(body=meeting.body, starts_at__gt=meeting.starts_at)
    return later.exclude(state=Meeting.State.CANCELLED).order_by("starts_at").first()


def with_number(text: str) -> Meeting | None:
    """The session called DIV-2026-03, or 3/2026 if it is one of the D.I.V.; None if unknown."""
    found = _REFERENCE.fullmatch(text) or _NUMBER.fullmatch(text)
    if found is None:
        return None
    named = found.groupdict()
    return (
        Meeting.objects.select_related("body")
        .filter(
            body__short_name=named.get("body", "DIV"),
            year=int(named["year"]),
            ordinal=int(named["ordinal"]),
        )
        .first()
    )

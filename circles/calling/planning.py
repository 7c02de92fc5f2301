"""Planning a call backwards from the session in which the lot decides.

Session, invitation, closed pool, objections, review, deadline, opening: each falls into place
before the next one. Days are counted in the city's calendar and the 24 hours before the dice in
real time, so that a change of the clocks moves nothing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles.applying.confirmations import CODE_LASTS
from circles.calling import holidays
from circles.models import Call
from formats.models import Meeting
from foundation.look import moments
from foundation.look.figures.history import Entry

DAY = dt.timedelta(days=1)
BEFORE_THE_DICE = dt.timedelta(hours=24)
# Long enough that a letter can be written, and a reader of a weekly paper still hears of it.
SHORTEST_OPEN_DAYS = 14
SHORTEST_REVIEW_DAYS = 3
MORNING, NOON, EVENING, LAST_MINUTE = dt.time(8), dt.time(12), dt.time(18), dt.time(23, 59)


@dataclasses.dataclass(frozen=True)
class Wish:
    """How long things take, in days; with `in_invitation` the fingerprint is printed there."""

    open_days: int = 28
    review_days: int = 10
    objection_days: int = 7
    in_invitation: bool = True


@dataclasses.dataclass(frozen=True)
class Plan:
    """Moments in their order; `conflicts` stand against it, `hints` are only worth a thought."""

    opens_at: dt.datetime
    closes_at: dt.datetime
    codes_until: dt.datetime
    reviewed_by: dt.datetime
    freeze_at: dt.datetime
    invite_at: dt.datetime
    session_at: dt.datetime
    objection_days: int
    conflicts: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    is_possible: bool = True

    def entries(self) -> list[Entry]:
        """The plan as a list for people, in order of time."""
        named = [
            (self.opens_at, _("The call opens; subscribers get a mail."), ""),
            (self.closes_at, _("Deadline for applications."), ""),
            (self.codes_until, _("Last codes; until then forms may still be confirmed."), ""),
            (self.reviewed_by, _("Two people have decided every application; notices leave."), ""),
            (
                self.freeze_at,
                _("The draw pool is closed and its fingerprint published."),
                ngettext(
                    "Before that: %(n)d day to object.",
                    "Before that: %(n)d days to object.",
                    self.objection_days,
                )
                % {"n": self.objection_days},
            ),
            (self.invite_at, _("The invitation to the session leaves."), self._in_invitation()),
            (self.session_at, _("Dice and draw in the session."), ""),
        ]
        return [
            Entry(moments.moment_text(at, settings.TIME_ZONE), what, "day", note=note)
            for at, what, note in sorted(named, key=lambda each: each[0])
        ]

    def _in_invitation(self) -> str:
        if self.freeze_at <= self.invite_at:
            return _("It carries the fingerprint.")
        return _("The fingerprint comes later, on the public page.")


def backwards(meeting: Meeting, wish: Wish, *, now: dt.datetime) -> Plan:
    """The plan that ends in `meeting`; needs its body fetched.

    When it is too late to open as early as wished, the call opens as soon as it can.
    """
    freeze_at, invite_at, reviewed_by = _before(meeting, wish)
    closes_day = holidays.workday_until(_day(reviewed_by) - wish.review_days * DAY)
    wished = holidays.workday_until(closes_day - wish.open_days * DAY)
    soonest = holidays.workday_from(_day(now) + DAY)
    left = (closes_day - max(wished, soonest)).days
    plan = Plan(
        # Without a day left to apply the wished day shows how late it is.
        opens_at=_at(max(wished, soonest) if left > 0 else wished, MORNING),
        closes_at=_at(closes_day, LAST_MINUTE),
        codes_until=_at(closes_day, LAST_MINUTE) + CODE_LASTS,
        reviewed_by=reviewed_by,
        freeze_at=freeze_at,
        invite_at=invite_at,
        session_at=meeting.starts_at,
        objection_days=wish.objection_days,
    )
    return dataclasses.replace(
        plan,
        conflicts=tuple(_too_near(meeting, wish, wished, left)),
        is_possible=left > 0,
        hints=(*_later_opening(wished, soonest, left), *_hints(plan)),
    )


def of_call(call: Call) -> Plan:
    """Where the dates that a call has stand on its way to the session; needs meeting and body."""
    wish = Wish(objection_days=call.objection_days)
    freeze_at, invite_at, reviewed_by = _before(call.meeting, wish)
    if reviewed_by < call.closes_at + SHORTEST_REVIEW_DAYS * DAY:
        wish = dataclasses.replace(wish, in_invitation=False)
        freeze_at, invite_at, reviewed_by = _before(call.meeting, wish)
    plan = Plan(
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        codes_until=call.closes_at + CODE_LASTS,
        reviewed_by=reviewed_by,
        freeze_at=freeze_at,
        invite_at=invite_at,
        session_at=call.meeting.starts_at,
        objection_days=call.objection_days,
    )
    conflicts = []
    if reviewed_by < plan.codes_until:
        conflicts.append(
            _(
                "Between the deadline and the session there is no time for codes (48 hours), "
                "review and %(n)d days to object, with the pool closed 24 hours before the dice. "
                "Close the call earlier, or choose a later session."
            )
            % {"n": call.objection_days}
        )
    return dataclasses.replace(plan, conflicts=tuple(conflicts), hints=tuple(_hints(plan)))


def _before(meeting: Meeting, wish: Wish) -> tuple[dt.datetime, dt.datetime, dt.datetime]:
    """When the pool is closed, the invitation leaves, and every application is decided."""
    invite_day = holidays.workday_until(_day(meeting.starts_at) - meeting.body.notice_days * DAY)
    if wish.in_invitation:
        freeze_day = holidays.workday_until(invite_day - DAY)
    else:
        freeze_day = holidays.workday_until(_day(meeting.starts_at - BEFORE_THE_DICE))
        while _at(freeze_day, NOON) > meeting.starts_at - BEFORE_THE_DICE:
            freeze_day = holidays.workday_until(freeze_day - DAY)
    # One day more than promised, in which a late objection can be decided.
    reviewed_day = holidays.workday_until(freeze_day - (wish.objection_days + 1) * DAY)
    return _at(freeze_day, NOON), _at(invite_day, NOON), _at(reviewed_day, EVENING)


def _too_near(meeting: Meeting, wish: Wish, wished: dt.date, left: int) -> list[str]:
    if left >= SHORTEST_OPEN_DAYS:
        return []
    ways = [_("choose a later session")]
    if wish.in_invitation:
        ways.append(_("do without the fingerprint in the invitation"))
    if wish.review_days > SHORTEST_REVIEW_DAYS:
        ways.append(_("plan fewer days for the review"))
    said = _("The session is too near: for this plan the call would have to open by %(day)s.") % {
        "day": moments.weekday_text(wished)
    }
    if left > 0:
        said += " " + ngettext(
            "Only %(n)d day would be left to apply; at least %(least)d are needed.",
            "Only %(n)d days would be left to apply; at least %(least)d are needed.",
            left,
        ) % {"n": left, "least": SHORTEST_OPEN_DAYS}
    return [f"{said} " + _("What you can do: %(ways)s.") % {"ways": ", ".join(ways)}]


def _later_opening(wished: dt.date, soonest: dt.date, left: int) -> list[str]:
    if wished >= soonest or left < SHORTEST_OPEN_DAYS:
        return []
    return [_("The call opens later than wished; %(n)d days are left to apply.") % {"n": left}]


def _hints(plan: Plan) -> list[str]:
    found = []
    session_day = _day(plan.session_at)
    if not holidays.is_workday(session_day):
        found.append(
            _("The session is on %(day)s, not a workday%(name)s.")
            % {"day": moments.weekday_text(session_day), "name": _named(session_day)}
        )
    closes_day = _day(plan.closes_at)
    if not holidays.is_workday(closes_day):
        found.append(
            _(
                "The deadline is on %(day)s, not a workday%(name)s: nobody answers the telephone "
                "then."
            )
            % {"day": moments.weekday_text(closes_day), "name": _named(closes_day)}
        )
    free = [day for day in _days(closes_day + DAY, _day(plan.reviewed_by)) if holidays.holiday(day)]
    if free:
        named = ", ".join(
            f"{holidays.holiday(day)} ({moments.short_day_text(day)})" for day in free
        )
        found.append(_("Holidays fall into the review: %(days)s.") % {"days": named})
    return found


def _named(day: dt.date) -> str:
    name = holidays.holiday(day)
    return f" ({name})" if name else ""


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + n * DAY for n in range(max(0, (last - first).days + 1))]


def _day(moment: dt.datetime) -> dt.date:
    """The day in the city."""
    return moments.local(moment, settings.TIME_ZONE).date()


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    """That time of that day in the city; no clock is changed between eight and midnight."""
    return dt.datetime.combine(day, time, tzinfo=ZoneInfo(settings.TIME_ZONE)).astimezone(dt.UTC)

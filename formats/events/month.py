"""One month as a table of weeks; events without a day stand beside it."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt

from django.utils.formats import date_format

from formats.events import event_search
from formats.events.event_search import Wanted
from formats.models import Event
from foundation.accounts.mandates import Actor
from partnerships.models import Encounter

AT_MOST = 400


@dataclasses.dataclass(frozen=True)
class Day:
    """One cell: days of the neighbouring months are empty."""

    on: dt.date
    is_here: bool
    is_today: bool
    events: list[Event]


@dataclasses.dataclass(frozen=True)
class Month:
    """`before` and `after` are addresses such as 2026-11; `whole` has no day of its own."""

    title: str
    before: str
    after: str
    weeks: list[list[Day]]
    whole: list[Event]


def month_of(user: Actor, wanted: Wanted, today: dt.date) -> Month | None:
    """The month that is asked for, in one query; None when none is."""
    first = wanted.month
    if first is None:
        return None
    after = (first + dt.timedelta(days=32)).replace(day=1)
    found = list(event_search.search(user, wanted, today)[:AT_MOST])
    dated = [each for each in found if each.precision == Encounter.Precision.DAY]
    weeks = [
        [
            Day(day, day.month == first.month, day == today, _on(day, dated, first))
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]  # fmt: skip
    return Month(
        title=date_format(first, "F Y"),
        before=f"{first - dt.timedelta(days=1):%Y-%m}",
        after=f"{after:%Y-%m}",
        weeks=weeks,
        whole=[each for each in found if each.precision != Encounter.Precision.DAY],
    )


def _on(day: dt.date, events: list[Event], first: dt.date) -> list[Event]:
    if day.month != first.month:
        return []
    return [e for e in events if e.starts_on and e.until and e.starts_on <= day <= e.until]

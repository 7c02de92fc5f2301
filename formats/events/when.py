"""When something is, in words: no more exact than it is known ("rund", "voraussichtlich")."""

from __future__ import annotations

import calendar
import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.look.moments import day_text
from partnerships.models import Encounter

Precision = Encounter.Precision


def last_day(starts_on: dt.date | None, ends_on: dt.date | None, precision: str) -> dt.date | None:
    """The last day on which it can be; None when nothing is known."""
    if starts_on is None:
        return None
    last = ends_on or starts_on
    if precision == Precision.DAY:
        return last
    if precision == Precision.SEASON and ends_on is None:
        # Winter ends in February of the next year.
        ahead = 2 - starts_on.month % 3
        month = starts_on.month + ahead
        year, month = starts_on.year + (month - 1) // 12, (month - 1) % 12 + 1
        return dt.date(year, month, calendar.monthrange(year, month)[1])
    return last.replace(day=calendar.monthrange(last.year, last.month)[1])


def when_text(
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    precision: str,
    *,
    is_tentative: bool = False,
) -> str:
    """28–30 May 2018; September 2020; probably Autumn 2020; time open."""
    if starts_on is None:
        return _("date still open")
    text = _span(starts_on, ends_on, precision)
    return _("probably %(when)s") % {"when": text} if is_tentative else text


def season_of(month: int) -> str:
    """Winter, Spring, Summer or Autumn."""
    return (_("Winter"), _("Spring"), _("Summer"), _("Autumn"))[month % 12 // 3]


def attendance_text(number: int | None, is_about: bool) -> str:
    """80 people, about 80 people; empty when nobody counted."""
    if number is None:
        return ""
    if is_about:
        return ngettext("about %(n)d person", "about %(n)d people", number) % {"n": number}
    return ngettext("%(n)d person", "%(n)d people", number) % {"n": number}


def _span(starts_on: dt.date, ends_on: dt.date | None, precision: str) -> str:
    first = _one(starts_on, precision)
    if ends_on is None or _one(ends_on, precision) == first:
        return first
    if precision == Precision.DAY and (starts_on.year, starts_on.month) == (
        ends_on.year,
        ends_on.month,
    ):
        first = date_format(starts_on, pgettext("first of two days in one month", "j"))
    return _("%(first)s to %(last)s") % {"first": first, "last": _one(ends_on, precision)}


def _one(day: dt.date, precision: str) -> str:
    if precision == Precision.DAY:
        return day_text(day)
    if precision == Precision.MONTH:
        return date_format(day, "F Y")
    year = f"{day.year}/{(day.year + 1) % 100:02}" if day.month == 12 else str(day.year)
    return f"{season_of(day.month)} {year}"

"""Public holidays of North Rhine-Westphalia: days on which no deadline should end.

Fixed by law since 1989; Easter by the algorithm of Meeus, Jones and Butcher.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

FIXED = {
    (1, 1): _("New Year's Day"),
    (5, 1): _("Labour Day"),
    (10, 3): _("Day of German Unity"),
    (11, 1): _("All Saints' Day"),
    (12, 25): _("Christmas Day"),
    (12, 26): _("Boxing Day"),
}
AROUND_EASTER = {
    -2: _("Good Friday"),
    0: _("Easter Sunday"),
    1: _("Easter Monday"),
    39: _("Ascension Day"),
    49: _("Whit Sunday"),
    50: _("Whit Monday"),
    60: _("Corpus Christi"),
}
SATURDAY = 5


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= (year % 19 + 11 * moon) // 319
    week = (2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4 + 32) % 7
    month = (moon + week + 90) // 25
    return dt.date(year, month, (moon + week + month + 19) % 32)


def holiday(day: dt.date) -> str:
    """The name of the public holiday on `day`, or nothing."""
    fixed = FIXED.get((day.month, day.day))
    movable = AROUND_EASTER.get((day - easter(day.year)).days)
    return str(fixed or movable or "")


def is_workday(day: dt.date) -> bool:
    return day.weekday() < SATURDAY and not holiday(day)


def workday_until(day: dt.date) -> dt.date:
    """`day` itself, or the last workday before it."""
    while not is_workday(day):
        day -= dt.timedelta(days=1)
    return day


def workday_from(day: dt.date) -> dt.date:
    """`day` itself, or the next workday after it."""
    while not is_workday(day):
        day += dt.timedelta(days=1)
    return day

"""Days and times as people read them, in one zone or in the zones of two cities.

Formats are message ids, so that every language brings its own order.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext


def local(moment: datetime, zone: str = "") -> datetime:
    """`moment` in `zone` (IANA name), or in the current zone. Refuses naive times."""
    if timezone.is_naive(moment):
        raise ValueError("a moment needs a time zone")
    return timezone.localtime(moment, ZoneInfo(zone) if zone else None)


def day_text(day: date) -> str:
    """13 December 2026."""
    return dateformat.format(day, pgettext("date format", "j F Y"))


def short_day_text(day: date) -> str:
    """13 Dec, for the ends of an axis."""
    return dateformat.format(day, pgettext("date format", "j M"))


def weekday_text(day: date) -> str:
    """Sunday, 13 December 2026."""
    return dateformat.format(day, pgettext("date format", "l, j F Y"))


def clock_text(moment: datetime) -> str:
    """23:59, with the word that the language puts behind it."""
    return dateformat.time_format(moment.timetz(), pgettext("time format", "H:i"))


def moment_text(moment: datetime, zone: str = "") -> str:
    """13 December 2026, 23:59."""
    there = local(moment, zone)
    return gettext("%(day)s, %(time)s") % {"day": day_text(there), "time": clock_text(there)}


def short_moment_text(moment: datetime) -> str:
    """13 Dec, 23:59, for the rows of a list."""
    there = local(moment)
    return gettext("%(day)s, %(time)s") % {"day": short_day_text(there), "time": clock_text(there)}


def two_zones_text(moment: datetime, city: str, zone: str, other: str, other_zone: str) -> str:
    """9:00 in Bielefeld, 10:00 in Tampere; names the other day where it differs."""
    here, there = local(moment, zone), local(moment, other_zone)
    first = gettext("%(time)s in %(city)s") % {"time": clock_text(here), "city": city}
    second = gettext("%(time)s in %(city)s") % {"time": clock_text(there), "city": other}
    if here.date() != there.date():
        second = gettext("%(day)s, %(rest)s") % {"day": day_text(there), "rest": second}
    return gettext("%(day)s, %(rest)s") % {"day": day_text(here), "rest": f"{first}, {second}"}


def time_tag(moment: date, text: str) -> SafeString:
    """`text` inside <time> with the machine's form of `moment`."""
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), text)

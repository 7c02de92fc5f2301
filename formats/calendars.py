"""The frame of iCalendar files (RFC 5545): whole time zones; same entries, same bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, Timezone, vText

PRODUCT = "-//Stadtbruecke//Termine//DE"
MEDIA_TYPE = "text/calendar; charset=utf-8"
LOOKED_UP_EVERY = dt.timedelta(hours=6)


def calendar(entries: Sequence[Event], *, title: str) -> bytes:
    """The entries as one UTF-8 file; cancelled ones stay in, marked as cancelled."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found["NAME"] = found["X-WR-CALNAME"] = vText(title)
    found.add("refresh-interval", LOOKED_UP_EVERY, parameters={"value": "DURATION"})
    for zone, years in sorted(_zones(entries).items()):
        first, last = dt.date(min(years) - 1, 1, 1), dt.date(max(years) + 2, 1, 1)
        found.add_component(Timezone.from_tzid(zone, first_date=first, last_date=last))
    for entry in entries:
        found.add_component(entry)
    return bytes(found.to_ical())


def shown(at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The moment in its zone; in UTC where the clock shows it for the second time.

    A local time that comes twice means the first one (RFC 5545, section 3.3.5).
    """
    local = at.astimezone(zone)
    return at.astimezone(dt.UTC) if local.fold else local


def stamp(at: dt.datetime) -> dt.datetime:
    """A moment as DTSTAMP wants it: whole seconds, UTC."""
    return at.astimezone(dt.UTC).replace(microsecond=0)


def host() -> str:
    """What the ids of our entries end with."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def _zones(entries: Sequence[Event]) -> dict[str, set[int]]:
    """The time zones of the entries, each with the years in which it is needed."""
    found: dict[str, set[int]] = {}
    for entry in entries:
        for name in ("dtstart", "dtend"):
            moment = entry.decoded(name)
            zone = getattr(moment, "tzinfo", None)
            if isinstance(zone, ZoneInfo):
                found.setdefault(zone.key, set()).add(moment.year)
    return found

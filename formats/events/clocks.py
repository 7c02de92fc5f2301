"""The hours of an event on the clocks of everybody who comes: Berlin and Helsinki side by side."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.utils.translation import gettext as _

from formats.models import Event
from foundation.look import moments

HOME = ("Berlin", "Europe/Berlin")
PARTNERS = ("Helsinki", "Europe/Helsinki")


@dataclasses.dataclass(frozen=True)
class Clock:
    """One city: 17:00–19:00, with days where they are not those of the event."""

    city: str
    zone: str
    text: str


def clocks_of(event: Event) -> list[Clock]:
    """The cities of the partnership; without one the event's zone, and for online events both.

    Empty without times. Reads `partnership.parties` with their cities.
    """
    if event.starts_at is None or event.ends_at is None:
        return []
    return [_clock(city, zone, event.starts_at, event.ends_at) for city, zone in _cities(event)]


def _cities(event: Event) -> list[tuple[str, str]]:
    if event.partnership is not None:
        cities = [party.municipality for party in event.partnership.parties.all()]
        found = [(str(city.name), city.time_zone) for city in cities]
    elif event.mode in {"digital", "hybrid"}:
        found = [HOME, PARTNERS]
    else:
        found = []
    if event.time_zone not in {zone for _city, zone in found}:
        found.insert(0, (event.time_zone.rpartition("/")[2].replace("_", " "), event.time_zone))
    return found


def _clock(city: str, zone: str, starts_at: dt.datetime, ends_at: dt.datetime) -> Clock:
    first, last = moments.local(starts_at, zone), moments.local(ends_at, zone)
    if first.date() == last.date():
        text = _("%(from)s to %(to)s") % {
            "from": f"{first:%H:%M}", "to": moments.clock_text(last),
        }  # fmt: skip
    else:
        text = _("%(from)s to %(to)s") % {
            "from": moments.moment_text(starts_at, zone), "to": moments.moment_text(ends_at, zone),
        }  # fmt: skip
    return Clock(city, zone, text)

"""Sessions for people's own calendars: lasting ids, versions, cancellations, whole time zones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vText

from formats import bodies
from formats.models import Meeting

PRODUCT = "-//Stadtbruecke//Sitzungen//DE"


def calendar(sessions: Sequence[Meeting], *, title: str) -> bytes:
    """An iCalendar file (RFC 5545); the same sessions give the same bytes.

    Give it sessions with their body fetched. A cancelled one stays in, marked as cancelled.
    """
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found["X-WR-CALNAME"] = vText(title)
    found.add("refresh-interval", dt.timedelta(hours=6), parameters={"value": "DURATION"})
    for zone, years in sorted(_zones(sessions).items()):
        found.add_component(
            Timezone.from_tzid(
                zone,
                first_date=dt.date(min(years) - 1, 1, 1),
                last_date=dt.date(max(years) + 2, 1, 1),
            )
        )
    for session in sessions:
        found.add_component(_event(session))
    return bytes(found.to_ical())


def uid_of(meeting: Meeting) -> str:
    """The id under which calendars know the session for ever."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    return f"{meeting.body.slug}-{meeting.year}-{meeting.ordinal}@{host}"


def _event(meeting: Meeting) -> Event:
    zone = ZoneInfo(meeting.body.time_zone)
    event = Event()
    event.add("uid", uid_of(meeting))
    event.add("dtstamp", meeting.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("last-modified", meeting.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", meeting.sequence)
    event.add("dtstart", _shown(meeting.starts_at, zone))
    event.add("dtend", _shown(meeting.ends_at, zone))
    event.add(
        "summary",
        _("%(body)s, session %(number)s") % {"body": meeting.body.name, "number": meeting.number},
    )
    event.add("location", meeting.place)
    cancelled = meeting.state == Meeting.State.CANCELLED
    tentative = meeting.state == Meeting.State.SCHEDULED
    event.add("status", "CANCELLED" if cancelled else "TENTATIVE" if tentative else "CONFIRMED")
    if cancelled and meeting.cancel_reason:
        event.add("description", meeting.cancel_reason)
    if meeting.body.slug == bodies.DIV:
        path = reverse("meeting", args=[meeting.year, meeting.ordinal])
        event.add("url", f"{settings.PUBLIC_URL}{path}")
    return event


def _shown(at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The moment in its zone; in UTC where the clocks show it twice, for then only UTC is clear."""
    local = at.astimezone(zone)
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        return at.astimezone(dt.UTC)
    return local


def _zones(sessions: Sequence[Meeting]) -> dict[str, set[int]]:
    """The time zones of the sessions, each with the years in which it is needed."""
    found: dict[str, set[int]] = {}
    for session in sessions:
        years = {session.starts_at.year, session.ends_at.year}
        found.setdefault(session.body.time_zone, set()).update(years)
    return found

"""Sessions for people's own calendars: lasting ids, versions, cancellations."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event

from formats import calendars
from formats.models import Meeting
from formats.sittings import places


def calendar(sessions: Iterable[Meeting], *, title: str) -> bytes:
    """An iCalendar file of sessions with their body fetched."""
    return calendars.calendar([entry_of(session) for session in sessions], title=title)


def entry_of(meeting: Meeting) -> Event:
    """One session; its id stays for ever, its version grows with what calendars must learn."""
    zone = ZoneInfo(meeting.body.time_zone)
    entry = Event()
    entry.add("uid", f"{meeting.body.slug}-{meeting.year}-{meeting.ordinal}@{calendars.host()}")
    entry.add("dtstamp", calendars.stamp(meeting.changed_at))
    entry.add("last-modified", calendars.stamp(meeting.changed_at))
    entry.add("sequence", meeting.sequence)
    entry.add("dtstart", calendars.shown(meeting.starts_at, zone))
    entry.add("dtend", calendars.shown(meeting.ends_at, zone))
    entry.add(
        "summary",
        _("%(body)s, session %(number)s") % {"body": meeting.body.name, "number": meeting.number},
    )
    entry.add("location", meeting.place)
    cancelled = meeting.state == Meeting.State.CANCELLED
    tentative = meeting.state == Meeting.State.SCHEDULED
    entry.add("status", "CANCELLED" if cancelled else "TENTATIVE" if tentative else "CONFIRMED")
    if cancelled and meeting.cancel_reason:
        entry.add("description", meeting.cancel_reason)
    if path := places.path_of(meeting):
        entry.add("url", f"{settings.PUBLIC_URL}{path}")
    return entry

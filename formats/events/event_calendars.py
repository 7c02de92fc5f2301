"""Events for people's own calendars, alone, filtered, or all that concerns one person.

What is known by month or season only is never written as a day (RFC 5545 has no word for it).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from formats import calendars
from formats.events import event_search
from formats.models import Event, Meeting, Membership, Registration
from formats.models.event import EventQuerySet
from formats.sittings import session_calendars
from foundation.accounts.models import User
from partnerships.models import Encounter, Partnership

LOOKS_BACK = dt.timedelta(days=366)
AT_MOST = 1000
STATUS = {
    Event.State.CANCELLED: "CANCELLED",
    Event.State.REPLACED: "CANCELLED",
}


def dated(events: EventQuerySet) -> EventQuerySet:
    """Those that a calendar can show: with a day, not older than a year."""
    since = timezone.localdate() - LOOKS_BACK
    found = events.filter(precision=Encounter.Precision.DAY, until__gte=since)
    return event_search.for_lists(found.order_by("starts_on", "starts_at", "pk"))[:AT_MOST]


def calendar_of(events: Iterable[Event], *, name: str, meetings: Iterable[Meeting] = ()) -> bytes:
    """The calendar as UTF-8 bytes; the same events give the same bytes."""
    entries = [_entry_of(event) for event in events if event.precision == Encounter.Precision.DAY]
    entries += [session_calendars.entry_of(meeting) for meeting in meetings]
    return calendars.calendar(entries, title=name)


def events_of(user: User) -> EventQuerySet:
    """What concerns `user`: registered for it, or of a partnership that the user works for."""
    registered = Registration.objects.filter(email=user.email.lower(), state__in=Registration.LIVE)
    working = Partnership.objects.working_for(user)
    return Event.objects.visible_to(user).filter(
        Q(pk__in=registered.values("event")) | Q(partnership__in=working.values("pk"))
    )


def meetings_of(user: User) -> list[Meeting]:
    """Sessions of the bodies in which `user` sits now."""
    bodies = Membership.objects.filter(user=user, ends_on=None).values("body")
    since = timezone.now() - LOOKS_BACK
    found = Meeting.objects.visible_to(user).filter(body__in=bodies, starts_at__gte=since)
    return list(found.select_related("body"))


def _entry_of(event: Event) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"event-{event.pk}@{calendars.host()}")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", calendars.stamp(event.changed_at))
    entry.add("summary", str(event.title))
    if event.starts_at is not None and event.ends_at is not None:
        zone = ZoneInfo(event.time_zone)
        entry.add("dtstart", calendars.shown(event.starts_at, zone))
        entry.add("dtend", calendars.shown(event.ends_at, zone))
    else:
        assert event.starts_on is not None  # noqa: S101 - the database ties a day to its date
        entry.add("dtstart", event.starts_on)
        entry.add("dtend", (event.ends_on or event.starts_on) + dt.timedelta(days=1))
    usual = "TENTATIVE" if event.is_tentative else "CONFIRMED"
    entry.add("status", STATUS.get(Event.State(event.state), usual))
    places = "; ".join(", ".join(filter(None, (p.name, p.address))) for p in event.places.all())
    if places:
        entry.add("location", places)
    text = "\n".join(filter(None, (str(event.reason), str(event.summary))))
    if text:
        entry.add("description", text)
    entry.add("url", f"{settings.PUBLIC_URL}{reverse('event', args=[event.slug])}")
    return entry

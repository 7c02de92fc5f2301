"""Events from the first idea to the day on which they were held, cancelled or replaced.

What belongs to a partnership is written down there, too, in its own terms (Encounter).
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from formats import slugs
from formats.events import (
    invitation_letters,
    programme_sheets,
    registration_letters,
    waiting_list,
    when,
)
from formats.models import Event, EventPlace
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText, search_key
from partnerships.course import encounters
from partnerships.models import Encounter, Municipality

State = Event.State
# The states of the lower layer's record, by ours.
FATES = {
    State.HELD: Encounter.State.HELD,
    State.CANCELLED: Encounter.State.CANCELLED,
    State.REPLACED: Encounter.State.REPLACED,
}
# Changes of these reach the calendars of those who keep the event there.
IN_CALENDARS = ("title", "starts_on", "ends_on", "starts_at", "ends_at", "precision", "mode")


class NotInOrder(DomainError):
    """An event that ends before it begins, or times without a day."""


class NumberTaken(DomainError):
    """The forum has an event with this number already."""


class ReasonMissing(DomainError):
    """What does not take place needs a reason."""


class TooEarly(DomainError):
    """It has not begun yet."""


class StillBooked(DomainError):
    """More people are registered than there would be places."""


def plan(
    *,
    kind: Event.Kind | str,
    title: LocalizedText,
    by: User | None,
    slug: str = "",
    encounter: Encounter | None = None,
    **fields: Any,
) -> Event:
    """Begin an event, for the office only until it is published.

    `encounter` is a meeting of the partnership that stands there already and is described here
    from now on. Raises NotInOrder, NumberTaken.
    """
    topics = fields.pop("topics", ())
    values = _derived({"kind": kind, "title": title, **fields})
    name = slug or slugs.slug_for(Event, title.best("de")[0], longest=70)
    with transaction.atomic():
        event = _write(lambda: Event.objects.create(slug=name, **values))
        event.topics.set(topics)
        trail.record("event.planned", event, by=by)
        if encounter is not None:
            encounters.adopt(encounter, trail.subject_key(event), _page(event))
    return event


def describe(event: Event, *, by: User | None, **fields: Any) -> None:
    """New facts of an event; what stands in calendars gets a higher sequence.

    Raises NotInOrder, NumberTaken, StillBooked.
    """
    topics = fields.pop("topics", None)
    current = {name: getattr(event, name) for name in _FACTS}
    values = _derived({**current, **fields})
    with transaction.atomic():
        locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        _demand_room(locked, values["capacity"])
        said = [name for name in IN_CALENDARS if name in values]
        changed = any(getattr(locked, name) != values[name] for name in said)
        values |= {"sequence": F("sequence") + int(changed), "changed_at": Now()}
        names = locked.places.values_list("name", flat=True)
        values["folded"] = search_key(" ".join([values["folded"], *names]))[:1200]
        _write(lambda: Event.objects.filter(pk=event.pk).update(**values))
        if topics is not None:
            locked.topics.set(topics)
        trail.record("event.described", locked, by=by)
        event.refresh_from_db()
        tell_partnership(event, by=by)
        moved = (locked.starts_at, locked.ends_at) != (event.starts_at, event.ends_at)
        if moved and event.state == State.PUBLISHED:
            registration_letters.tell_all(event, "event_moved", sequence=event.sequence)
            invitation_letters.tell_silent(event, "event_invitation_moved", sequence=event.sequence)
        waiting_list.move_up(event)
        programme_sheets.order(event)


def put_places(
    event: Event, rows: list[tuple[str, Municipality | None, str]], *, by: User | None
) -> None:
    """The places of an event, in this order: (house or town, city, address)."""
    with transaction.atomic():
        Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        event.places.all().delete()
        EventPlace.objects.bulk_create(
            EventPlace(event=event, position=n, name=name, municipality=city, address=address)
            for n, (name, city, address) in enumerate(rows, start=1)
        )
        folded = search_key(" ".join([_words_of(event), *(name for name, _city, _at in rows)]))
        Event.objects.filter(pk=event.pk).update(
            folded=folded[:1200], sequence=F("sequence") + 1, changed_at=Now()
        )
        trail.record("event.places", event, by=by, number=len(rows))
    event.refresh_from_db()


def publish(event: Event, *, by: User | None) -> None:
    """Announce the event: everybody sees it."""
    with transaction.atomic():
        states.advance(event, State.PUBLISHED, by=by, published_at=timezone.now())
        tell_partnership(event, by=by)
        programme_sheets.order(event)


def hold(
    event: Event, *, by: User | None, attendance: int | None = None, is_about: bool = False
) -> None:
    """The event took place. Raises TooEarly."""
    if event.starts_on and event.starts_on > timezone.localdate():
        raise TooEarly("too-early", _("The event has not begun yet. Nothing was changed."))
    counted: dict[str, Any] = {} if attendance is None else {
        "attendance": attendance, "attendance_is_about": is_about,
    }  # fmt: skip
    with transaction.atomic():
        states.advance(event, State.HELD, by=by, is_tentative=False, **counted)
        tell_partnership(event, by=by)
        waiting_list.end(event, by=by)


def cancel(
    event: Event,
    reason: LocalizedText,
    *,
    by: User | None,
    replaced: bool = False,
    replaced_by: Event | None = None,
) -> None:
    """It does not take place; with `replaced` a digital form takes its place. Raises ReasonMissing.

    Calendars get the cancellation; everybody who registered or has not answered yet is told.
    """
    if not reason:
        raise ReasonMissing("reason-missing", _("Say why the event does not take place."))
    to = State.REPLACED if replaced else State.CANCELLED
    with transaction.atomic():
        states.advance(
            event, to, by=by, reason=reason, replaced_by=replaced_by, sequence=event.sequence + 1,
            changed_at=timezone.now(),
        )  # fmt: skip
        tell_partnership(event, by=by)
        registration_letters.tell_all(event, "event_cancelled", sequence=event.sequence)
        invitation_letters.tell_silent(event, "event_cancelled", sequence=event.sequence)
        waiting_list.end(event, by=by)


def tell_partnership(event: Event, *, by: User | None) -> None:
    """Write the event down in its partnership, as planned, held, or not held and why."""
    if event.partnership is None or event.published_at is None:
        return
    key = trail.subject_key(event)
    facts: dict[str, Any] = {
        "title": event.title,
        "on": event.starts_on,
        "precision": Encounter.Precision(event.precision),
        "setting": event.mode,
        "exchange_format": event.exchange_format,
    }
    known = encounters.correct(key, page=_page(event), **facts)
    fate = FATES.get(State(event.state), Encounter.State.PLANNED)
    if known is None:
        known = encounters.note(
            event.partnership, by=by, state=fate, reason=event.reason, subject_key=key, **facts
        )
        encounters.correct(key, page=_page(event), **facts)
    elif known.state == Encounter.State.PLANNED and fate != known.state:
        encounters.settle(known, fate, by=by, reason=event.reason)


_FACTS = (
    "title", "summary", "starts_on", "ends_on", "precision", "starts_at", "ends_at", "time_zone",
    "capacity", "registration_until",
)  # fmt: skip


def _derived(values: dict[str, Any]) -> dict[str, Any]:
    """Days follow from moments, the last possible day from both, the search words from texts."""
    starts_at, ends_at = values.get("starts_at"), values.get("ends_at")
    zone = ZoneInfo(values.get("time_zone") or "Europe/Berlin")
    if starts_at is not None:
        if ends_at is None or ends_at <= starts_at:
            raise NotInOrder("ends-before-start", _("The event ends before it begins."))
        values["precision"] = Encounter.Precision.DAY
        values["starts_on"] = starts_at.astimezone(zone).date()
        values["ends_on"] = ends_at.astimezone(zone).date()
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    if ends_on is not None and (starts_on is None or ends_on < starts_on):
        raise NotInOrder("ends-before-start", _("The event ends before it begins."))
    if values.get("registration_until") and starts_at is None:
        raise NotInOrder(
            "registration-without-time", _("To register, people need the time of the event.")
        )
    if values.get("registration_until") and values["registration_until"] > ends_at:
        raise NotInOrder(
            "registration-too-late", _("Registration ends at the latest with the event.")
        )
    if starts_on is None:
        values["precision"] = Encounter.Precision.UNKNOWN
    values["until"] = when.last_day(starts_on, ends_on, values.get("precision", "day"))
    words = LocalizedText(values["title"].stored)
    summary = values.get("summary") or LocalizedText()
    both = [e["text"] for text in (words, summary) for e in text.stored.values()]
    values["folded"] = search_key(" ".join(both))[:1200]
    return values


def _words_of(event: Event) -> str:
    return " ".join(e["text"] for t in (event.title, event.summary) for e in t.stored.values())


def _demand_room(event: Event, capacity: int | None) -> None:
    held = event.registrations.filter(state__in=["confirmed", "offered"]).count()
    if capacity is not None and capacity < held:
        raise StillBooked(
            "still-booked",
            _("%(held)d people have a place already; the event cannot become smaller than that.")
            % {"held": held},
        )


def _write(write: Any) -> Any:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        if "event_number_once" in str(error):
            raise NumberTaken(
                "number-taken", _("The forum has an event with this number already.")
            ) from error
        raise


def _page(event: Event) -> str:
    return reverse("event", args=[event.slug])


def of_today() -> dt.date:
    """The day in the city of the portal, by which events are coming or over."""
    return timezone.localdate()

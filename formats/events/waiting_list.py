"""The waiting list of an event: who is first is asked first, and is told until when to answer.

Silence or a no passes the place to the next one by itself.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from formats.events import registration_letters as letters
from formats.models import Event, Registration
from foundation import states
from foundation.accounts.models import User

State = Registration.State
TO_ANSWER = dt.timedelta(hours=48)


def lock(event: Event) -> Event:
    """The event, held until commit: only one registration at a time gets or gives back a place."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event.pk)


def free_places(event: Event) -> int | None:
    """Places that nobody holds; None without a limit."""
    if event.capacity is None:
        return None
    held = event.registrations.filter(state__in=Registration.HOLDING).count()
    return max(0, event.capacity - held)


def move_up(event: Event) -> int:
    """Offer every free place to the first who wait; the caller holds the lock. How many."""
    now = timezone.now()
    if event.state != Event.State.PUBLISHED or event.starts_at is None or event.starts_at <= now:
        return 0
    free = free_places(event)
    waiting = event.registrations.filter(state=State.WAITING).order_by("confirmed_at", "pk")
    first = list(waiting if free is None else waiting[:free])
    answer_by = min(now + TO_ANSWER, event.starts_at)
    for registration in first:
        registration.event = event
        states.advance(registration, State.OFFERED, by=None, answer_by=answer_by)
        letters.tell(registration, "event_place_free")
    return len(first)


def end(event: Event, *, by: User | None) -> int:
    """The event is held or does not take place: nobody waits any more. How many."""
    waiting = event.registrations.filter(state__in=[State.WAITING, State.OFFERED])
    rows = list(waiting.order_by("pk"))
    for registration in rows:
        states.advance(registration, State.LAPSED, by=by)
    return len(rows)


def keep_deadlines() -> int:
    """Offers that nobody answered in time lapse, and the next ones are asked. How many lapsed."""
    late = Registration.objects.filter(
        state=State.OFFERED, answer_by__lte=timezone.now(), event__state=Event.State.PUBLISHED
    )
    return sum(_lapse(pk, event) for pk, event in list(late.values_list("pk", "event")))


def _lapse(pk: int, event_pk: int) -> int:
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",)).get(pk=event_pk)
        late = Registration.objects.select_for_update(of=("self",)).filter(
            pk=pk, state=State.OFFERED, answer_by__lte=timezone.now()
        )
        found = late.first()
        if found is None or event.state != Event.State.PUBLISHED:
            return 0
        found.event = event
        states.advance(found, State.LAPSED, by=None)
        letters.tell(found, "event_offer_over")
        move_up(event)
    return 1

"""Mails to those who registered: code, place, waiting list, reminder, changes, thanks."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from formats.events import clocks, when
from formats.events.registration_links import token_of
from formats.models import Event, Registration
from foundation.mail import outbox

State = Registration.State
REMIND_BEFORE = dt.timedelta(hours=48)


def send_code(registration: Registration, code: str) -> None:
    """The code that turns the form into a registration."""
    _mail(registration, "event_code", code=code, named=False)


def tell_known(registration: Registration) -> None:
    """The address is registered already; only its owner learns that, with their own link."""
    known = Registration.objects.filter(
        event=registration.event_id, email=registration.email, state__in=Registration.LIVE
    )
    _mail(known.select_related("event").get(), "event_known", named=False)


def tell(registration: Registration, kind: str) -> None:
    """One step of a registration, once each."""
    _mail(registration, kind)


def tell_all(event: Event, kind: str, *, sequence: int) -> int:
    """Everybody who has or waits for a place: the event is moved or does not take place."""
    found = event.registrations.filter(state__in=Registration.LIVE)
    for registration in found:
        registration.event = event
        _mail(registration, kind, suffix=f"-{sequence}")
    return len(found)


def remind_due() -> int:
    """One mail two days before the event, exactly once however often this runs. How many."""
    now = timezone.now()
    due = Registration.objects.filter(
        state=State.CONFIRMED,
        reminded_at=None,
        erased_at=None,
        event__state=Event.State.PUBLISHED,
        event__starts_at__gt=now,
        event__starts_at__lte=now + REMIND_BEFORE,
    )
    return sum(_remind(pk) for pk in list(due.values_list("pk", flat=True)))


def _remind(pk: int) -> int:
    with transaction.atomic():
        mine = Registration.objects.filter(pk=pk, reminded_at=None, state=State.CONFIRMED)
        if not mine.update(reminded_at=timezone.now()):
            return 0
        _mail(Registration.objects.select_related("event").get(pk=pk), "event_reminder")
    return 1


def facts_of(event: Event) -> dict[str, Any]:
    """What each mail tells of an event (`mail/event_facts.txt`), in the active language."""
    return {
        "event": event,
        "when": when.when_text(event.starts_on, event.ends_on, event.precision),
        "clocks": clocks.clocks_of(event),
        "places": list(event.places.all()),
    }


def _mail(
    registration: Registration, kind: str, *, suffix: str = "", named: bool = True, **more: Any
) -> None:
    event = registration.event
    # Codes and notes to known addresses are sent as often as somebody asks.
    unique = suffix or (f"-{secrets.token_hex(4)}" if not named else "")
    with translation.override(registration.language):
        context = {
            "registration": registration,
            "token": token_of(registration),
            **facts_of(event),
            **more,
        }
        outbox.queue(
            kind,
            key=f"{kind.replace('_', '-')}-{registration.pk}{unique}",
            to=registration.email,
            # Until the code is typed, whoever typed the name must not speak to the address.
            to_name=registration.name if named else "",
            language=registration.language,
            subject=registration,
            context=context,
            secret=True,
        )

"""How long people who registered are remembered: 30 days after the event; figures stay."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from formats.events import waiting_list
from formats.models import Registration
from foundation import states
from foundation.audit import trail
from foundation.documents import files
from foundation.mail import outbox

KEPT = dt.timedelta(days=30)
UNCONFIRMED_KEPT = dt.timedelta(days=2)
State = Registration.State


def forget_overdue() -> int:
    """Erase everybody whose time is over, and forms that nobody confirmed. How many."""
    now = timezone.now()
    today = timezone.localdate()
    known = Registration.objects.filter(erased_at=None)
    due = known.filter(
        Q(state=State.UNCONFIRMED, asked_at__lt=now - UNCONFIRMED_KEPT)
        | Q(state__in=[State.CANCELLED, State.LAPSED], asked_at__lt=now - KEPT)
        | Q(event__until__lt=today - KEPT)
    )
    return sum(erase(pk) for pk in list(due.values_list("pk", flat=True)))


def erase(pk: int) -> int:
    """Empty everything about one person; that somebody was registered stays as a figure."""
    with transaction.atomic():
        found = Registration.objects.select_for_update(of=("self",)).filter(pk=pk, erased_at=None)
        registration = found.select_related("certificate", "event").first()
        if registration is None:
            return 0
        if registration.state == State.UNCONFIRMED:
            states.advance(registration, State.LAPSED, by=None)
        elif registration.state in {State.WAITING, State.OFFERED}:
            states.advance(registration, State.CANCELLED, by=None)
        certificate = registration.certificate
        Registration.objects.filter(pk=pk).update(
            email="", name="", organisation="", support="", code_digest="", certificate=None,
            listed_since=None, photos_since=None, erased_at=timezone.now(),
        )  # fmt: skip
        outbox.forget_mails_about(registration)
        if certificate is not None:
            files.purge(certificate, by=None)
        trail.record("registration.erased", registration, by=None)
    return 1


def forget_address(email: str) -> int:
    """Everything about one address: its places are given back first. How many rows."""
    rows = Registration.objects.filter(email=email.strip().lower(), erased_at=None)
    return sum(_leave(pk) for pk in list(rows.values_list("pk", flat=True)))


def _leave(pk: int) -> int:
    with transaction.atomic():
        registration = Registration.objects.select_related("event").get(pk=pk)
        event = waiting_list.lock(registration.event)
        done = erase(pk)
        registration.refresh_from_db()
        if registration.state == State.CONFIRMED and event.state == event.State.PUBLISHED:
            states.advance(registration, State.CANCELLED, by=None)
        waiting_list.move_up(event)
    return done

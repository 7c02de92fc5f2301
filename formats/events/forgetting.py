"""How long people who registered are remembered: 30 days after the event; figures stay.

What somebody needs to take part is forgotten first, as soon as nobody has to act on it.
"""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from formats.events import waiting_list
from formats.models import Event, EventInvitation, Registration
from foundation import states
from foundation.audit import trail
from foundation.documents import files
from foundation.mail import outbox

KEPT = dt.timedelta(days=30)
UNCONFIRMED_KEPT = dt.timedelta(days=2)
State = Registration.State
NOT_HELD = [Event.State.CANCELLED, Event.State.REPLACED]


def forget_overdue() -> int:
    """Erase everybody whose time is over, and forms that nobody confirmed. How many."""
    now = timezone.now()
    today = timezone.localdate()
    known = Registration.objects.filter(erased_at=None)
    due = known.filter(
        Q(state=State.UNCONFIRMED, asked_at__lt=now - UNCONFIRMED_KEPT)
        | Q(state__in=[State.CANCELLED, State.LAPSED], asked_at__lt=now - KEPT)
        | Q(event__until__lt=today - KEPT)
        # Without a day, or when it does not take place, the last word about it counts.
        | Q(event__changed_at__lt=now - KEPT, event__until=None)
        | Q(event__changed_at__lt=now - KEPT, event__state__in=NOT_HELD)
    )
    _forget_needs(known, today)
    number = sum(erase(pk) for pk in list(due.values_list("pk", flat=True)))
    return number + _erase_invitations(_invitations_overdue(now, today))


def _invitations_overdue(now: dt.datetime, today: dt.date) -> models.QuerySet[EventInvitation]:
    """Invitations are remembered as long as registrations; withdrawn ones 30 days."""
    return EventInvitation.objects.filter(
        Q(revoked_at__lt=now - KEPT)
        | Q(event__until__lt=today - KEPT)
        | Q(event__changed_at__lt=now - KEPT, event__until=None)
        | Q(event__changed_at__lt=now - KEPT, event__state__in=NOT_HELD)
    )


def _erase_invitations(rows: models.QuerySet[EventInvitation]) -> int:
    """Empty address and name; that somebody was invited stays as a figure. How many."""
    with transaction.atomic():
        found = list(rows.filter(erased_at=None).select_for_update(of=("self",)))
        EventInvitation.objects.filter(pk__in=[each.pk for each in found]).update(
            email="", name="", erased_at=timezone.now()
        )
        for invitation in found:
            outbox.forget_mails_about(invitation)
        trail.record_all("event-invitation.erased", found, by=None)
    return len(found)


def _forget_needs(known: models.QuerySet[Registration], today: dt.date) -> None:
    """Empty what people need where they or the event have gone."""
    over = known.exclude(support="").filter(
        Q(state__in=[State.CANCELLED, State.LAPSED])
        | Q(event__until__lt=today)
        | Q(event__state__in=[Event.State.HELD, *NOT_HELD])
    )
    with transaction.atomic():
        rows = list(over.select_for_update(of=("self",)))
        trail.record_all("registration.needs-erased", rows, by=None)
        Registration.objects.filter(pk__in=[each.pk for each in rows]).update(support="")


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
    address = email.strip().lower()
    rows = Registration.objects.filter(email=address, erased_at=None)
    number = sum(_leave(pk) for pk in list(rows.values_list("pk", flat=True)))
    return number + _erase_invitations(EventInvitation.objects.filter(email=address))


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

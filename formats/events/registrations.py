"""Registering without an account: a code by mail, a place or the waiting list, and giving it back.

Whoever gets a place holds the event's lock, so that the last one is given once. Whether an address
is registered already is told to its owner by mail, never to whoever asks.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from formats.events import registration_letters as letters
from formats.events import waiting_list
from formats.models import Event, Registration
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.people import one_line
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.limits import Limit

State = Registration.State
CODE_LASTS = dt.timedelta(hours=48)
TRIES = 5
BY_ADDRESS = Limit("event-registration", at_most=10, per=dt.timedelta(hours=12))
# Nobody needs an account, so whoever asks has mails sent to any address: far more than people ask.
FOR_EVENT = Limit("event-registration-event", at_most=300, per=dt.timedelta(hours=1))
FROM_EVERYBODY = Limit("event-registration-everybody", at_most=600, per=dt.timedelta(hours=1))


class RegistrationClosed(DomainError):
    """The event takes no registrations, or not any more."""


class WrongCode(DomainError):
    """The code does not fit, was tried too often or is too old."""


class NotPossible(DomainError):
    """The registration has ended already."""


def is_open(event: Event, now: dt.datetime | None = None) -> bool:
    """Whether somebody can register at `now`."""
    until = event.registration_until
    return event.is_open_to_register and until is not None and (now or timezone.now()) < until


def places_left(event: Event) -> int | None:
    """How many can still be had at once; None without a limit."""
    if event.capacity is None:
        return None
    number = event.registrations.aggregate(
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        held=Count("pk", filter=Q(state__in=Registration.HOLDING)),
    )
    return 0 if number["waiting"] else max(0, event.capacity - number["held"])


def ask(event: Event, *, email: str, language: str, **person: Any) -> Registration:
    """Keep what was typed (as for `note`) and mail a code; nothing counts without it.

    Raises RegistrationClosed, TooOften.
    """
    _demand_open(event)
    email = email.strip().lower()
    _use_allowances(event.pk, email)
    with transaction.atomic():
        made = note(event, email=email, language=language, **person)
        _send_code(made)
    return made


def note(
    event: Event,
    *,
    email: str,
    name: str,
    language: str,
    organisation: str = "",
    support: str = "",
    presence: str = "",
    listed: bool = False,
    photos: bool = False,
) -> Registration:
    """Write down what somebody said; it holds no place yet."""
    now = timezone.now()
    return Registration.objects.create(
        event=event,
        email=email,
        name=one_line(name),
        organisation=organisation,
        support=support,
        presence=presence,
        language=language,
        listed_since=now if listed else None,
        photos_since=now if photos else None,
    )


def send_code(registration: Registration) -> None:
    """A new code to the same address. Raises WrongCode, TooOften."""
    _use_allowances(registration.event_id, registration.email)
    with transaction.atomic():
        locked = _locked(registration)
        _demand_unconfirmed(locked)
        _send_code(locked)


def confirm(registration: Registration, code: str) -> Registration:
    """The code fits: a place if there is one, else the end of the waiting list.

    Raises WrongCode, RegistrationClosed, NotPossible.
    """
    _spend_try(registration)
    registration.refresh_from_db()
    typed = "".join(code.split())
    if not constant_time_compare(registration.code_digest, _digest(registration, typed)):
        raise _wrong(TRIES - registration.code_tries)
    with transaction.atomic():
        event = waiting_list.lock(registration.event)
        _demand_open(event)
        locked = _locked(registration)
        _demand_unconfirmed(locked)
        take_place(event, locked)
    return locked


def take_place(event: Event, registration: Registration) -> None:
    """The mailbox is proven: a place if there is one, else the end of the list. Raises NotPossible.

    The caller holds the event's lock.
    """
    if _counts_already(registration):
        raise NotPossible(
            "registered-already", _("You are registered already. The first registration stays.")
        )
    queue = event.registrations.filter(state=State.WAITING).exists()
    to = State.WAITING if queue or waiting_list.free_places(event) == 0 else State.CONFIRMED
    states.advance(registration, to, by=None, confirmed_at=timezone.now(), code_digest="")
    letters.tell(registration, "event_waiting" if to == State.WAITING else "event_registered")


def change(
    registration: Registration,
    *,
    name: str,
    organisation: str,
    support: str,
    presence: str,
    listed: bool,
    photos: bool,
) -> None:
    """The person changes what they said; consents that are taken back are gone."""
    now = timezone.now()
    with transaction.atomic():
        locked = _locked(registration)
        if locked.state not in Registration.LIVE:
            raise _ended()
        Registration.objects.filter(pk=locked.pk).update(
            name=one_line(name),
            organisation=organisation,
            support=support,
            presence=presence,
            listed_since=(locked.listed_since or now) if listed else None,
            photos_since=(locked.photos_since or now) if photos else None,
        )
        trail.record("registration.changed", locked, by=None)
    registration.refresh_from_db()


def cancel(registration: Registration, *, by: User | None = None) -> None:
    """Give the place or the turn back: the next one on the list is asked at once."""
    with transaction.atomic():
        event = waiting_list.lock(registration.event)
        locked = _locked(registration)
        if locked.state not in Registration.LIVE:
            raise _ended()
        states.advance(locked, State.CANCELLED, by=by)
        letters.tell(locked, "event_given_back")
        waiting_list.move_up(event)
    registration.refresh_from_db()


def accept_offer(registration: Registration) -> None:
    """Take the place that became free. Raises NotPossible when it or the event is over."""
    with transaction.atomic():
        event = waiting_list.lock(registration.event)
        locked = _locked(registration)
        if event.state != Event.State.PUBLISHED:
            raise NotPossible(
                "event-over", _("The event does not take place, or is over. Nothing was changed.")
            )
        over = locked.answer_by is not None and timezone.now() >= locked.answer_by
        if locked.state != State.OFFERED or over:
            raise NotPossible(
                "offer-over", _("The time to answer is over; the place went to the next person.")
            )
        states.advance(locked, State.CONFIRMED, by=None)
        letters.tell(locked, "event_registered")
    registration.refresh_from_db()


def companions_of(registration: Registration) -> list[Registration]:
    """Who comes too and agreed to be told; only for those who have a place themselves."""
    if registration.state != State.CONFIRMED:
        return []
    found = registration.event.registrations.filter(state=State.CONFIRMED, erased_at=None)
    return list(found.exclude(listed_since=None).exclude(pk=registration.pk).order_by("name"))


def note_attendance(event: Event, present: set[int], *, by: User) -> int:
    """Who was there, by number of registration, of those who had a place. How many."""
    with transaction.atomic():
        rows = event.registrations.filter(state=State.CONFIRMED)
        rows.exclude(pk__in=present).update(attended=False)
        number = rows.filter(pk__in=present).update(attended=True)
        trail.record("event.attendance", event, by=by, number=number)
    return number


def _use_allowances(event: int, email: str) -> None:
    """Count one mail that somebody asks for without an account. Raises TooOften."""
    BY_ADDRESS.use(f"{event}:{email}")
    FOR_EVENT.use(str(event))
    FROM_EVERYBODY.use("everybody")


def _demand_open(event: Event) -> None:
    if not is_open(event):
        raise RegistrationClosed(
            "registration-closed", _("Registration for this event is closed. Nothing was sent.")
        )


def _demand_unconfirmed(registration: Registration) -> None:
    if registration.state != State.UNCONFIRMED:
        raise WrongCode("confirmed", _("This registration is confirmed already."))
    if timezone.now() >= registration.asked_at + CODE_LASTS:
        raise WrongCode("code-too-old", _("The code is too old. Please register once more."))


def _ended() -> NotPossible:
    return NotPossible("registration-ended", _("This registration has ended already."))


def _locked(registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("event")
    return rows.get(pk=registration.pk)


def _spend_try(registration: Registration) -> None:
    """Count one try, for good: the caller's refusal must not give it back."""
    with transaction.atomic():
        locked = _locked(registration)
        _demand_unconfirmed(locked)
        if locked.code_tries >= TRIES:
            raise WrongCode(
                "too-many-tries", _("This code was tried too often. Please request a new one.")
            )
        Registration.objects.filter(pk=locked.pk).update(code_tries=locked.code_tries + 1)


def _wrong(left: int) -> WrongCode:
    if left <= 0:
        text = _("This code does not fit. That was the last try; please request a new code.")
    else:
        text = ngettext(
            "This code does not fit. You have %(n)d try left.",
            "This code does not fit. You have %(n)d tries left.",
            left,
        ) % {"n": left}
    return WrongCode("wrong-code", text)


def _send_code(registration: Registration) -> None:
    code = f"{secrets.randbelow(10**6):06d}"
    registration.code_digest = _digest(registration, code)
    registration.code_tries = 0
    registration.save(update_fields=["code_digest", "code_tries"])
    if _counts_already(registration):
        letters.tell_known(registration)
    else:
        letters.send_code(registration, code)


def _digest(registration: Registration, code: str) -> str:
    key = f"{registration.pk}:{registration.email}:{code}"
    return salted_hmac("formats.registration-code", key, algorithm="sha256").hexdigest()


def _counts_already(registration: Registration) -> bool:
    return Registration.objects.filter(
        event=registration.event_id, email=registration.email, state__in=Registration.LIVE
    ).exists()

"""Inviting people to an event that is not open to everybody; they answer by the link of the mail.

The link proves the mailbox, so nobody types a code. Its token stands in the mail and nowhere else.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.events import invitation_letters as letters
from formats.events import registrations, waiting_list
from formats.events.invitation_lines import Guest
from formats.models import Event, EventInvitation, Registration
from foundation.accounts.invitations import digest_of
from foundation.accounts.models import User
from foundation.accounts.people import one_line
from foundation.audit import trail
from foundation.errors import DomainError
from partnerships.models import Encounter

Standing = EventInvitation.Standing


class NotNow(DomainError):
    """Nobody is invited to this event, or can answer, at this time."""


class InvitationVoid(DomainError):
    """The invitation was withdrawn."""


class Answered(DomainError):
    """Whoever is registered neither declines nor is left out by the way."""


@dataclasses.dataclass(frozen=True)
class Sent:
    """Who is invited now, and the addresses that were not written to again."""

    invitations: list[EventInvitation]
    known: list[str]


def answer_until(event: Event) -> dt.datetime | None:
    """When answers end: at the deadline, else when the event begins; None without a date."""
    if event.registration_until or event.starts_at:
        return event.registration_until or event.starts_at
    if event.starts_on is None or event.until is None:
        return None
    is_day = event.precision == Encounter.Precision.DAY
    day = event.starts_on if is_day else event.until + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time.min, tzinfo=ZoneInfo(event.time_zone))


def takes_answers(event: Event, now: dt.datetime | None = None) -> bool:
    """Whether somebody who is invited can answer at `now`."""
    until = answer_until(event)
    is_early = until is None or (now or timezone.now()) < until
    return event.state == Event.State.PUBLISHED and is_early


def invite(event: Event, guests: Iterable[Guest], *, language: str, by: User) -> Sent:
    """Mail everybody a link of their own; who is invited or registered already gets none.

    Raises NotNow.
    """
    with transaction.atomic():
        locked = waiting_list.lock(event)
        _demand_by_invitation(locked)
        _demand_time(locked)
        seen = _addresses_of(locked)
        made, known = [], []
        for guest in guests:
            if guest.email in seen:
                known.append(guest.email)
                continue
            seen.add(guest.email)
            made.append(_invite(locked, guest, language=language, by=by))
        trail.record_all("event-invitation.sent", made, by=by)
    return Sent(made, known)


def remind(event: Event, *, by: User) -> int:
    """Write once more to those who have not answered, once to each. How many. Raises NotNow."""
    with transaction.atomic():
        locked = waiting_list.lock(event)
        _demand_time(locked)
        rows = list(letters.silent(locked).filter(reminded_at=None).select_for_update(of=("self",)))
        for invitation in rows:
            invitation.event = locked
            token = secrets.token_urlsafe(32)
            EventInvitation.objects.filter(pk=invitation.pk).update(
                reminded_at=timezone.now(), reminder_digest=digest_of(token)
            )
            letters.remind(invitation, token, by=by)
        trail.record_all("event-invitation.reminded", rows, by=by)
    return len(rows)


def revoke(invitation: EventInvitation, *, by: User) -> None:
    """Take an invitation back; its links lead nowhere. Raises Answered."""
    with transaction.atomic():
        event, locked = _locked(invitation)
        if locked.standing == Standing.REGISTERED:
            raise Answered(
                "registered", _("This person is registered. Give the place back for them instead.")
            )
        if locked.standing == Standing.WITHDRAWN:
            return
        was_silent = locked.standing == Standing.INVITED
        EventInvitation.objects.filter(pk=locked.pk).update(revoked_at=timezone.now())
        trail.record("event-invitation.revoked", locked, by=by)
        if was_silent and takes_answers(event):
            letters.withdraw(locked, by=by)
    invitation.refresh_from_db()


def behind(token: str) -> EventInvitation | None:
    """The invitation whose link it is, also one that was withdrawn; None when there is none."""
    return behind_digest(digest_of(token))


def behind_digest(digest: str) -> EventInvitation | None:
    """The same, by what is kept of the token."""
    known = EventInvitation.objects.filter(erased_at=None, event__published_at__isnull=False)
    mine = Q(token_digest=digest) | Q(reminder_digest=digest)
    return known.filter(mine).select_related("event", "registration").first()


def accept(invitation: EventInvitation, **person: Any) -> Registration:
    """Register whoever was invited: a place if there is one, else the end of the waiting list.

    `person` is what they said, as for `registrations.note`.

    Raises InvitationVoid, NotNow, registrations.NotPossible.
    """
    with transaction.atomic():
        event, locked = _locked(invitation)
        _demand_standing(locked)
        _demand_time(event)
        made = registrations.note(event, email=locked.email, language=locked.language, **person)
        EventInvitation.objects.filter(pk=locked.pk).update(registration=made, declined_at=None)
        trail.record("event-invitation.accepted", locked, by=None, registration=made.pk)
        registrations.take_place(event, made)
    invitation.refresh_from_db()
    return made


def decline(invitation: EventInvitation) -> None:
    """Say no; until the end of the answers it can still become a yes.

    Raises InvitationVoid, NotNow, Answered.
    """
    with transaction.atomic():
        event, locked = _locked(invitation)
        _demand_standing(locked)
        _demand_time(event)
        if locked.standing == Standing.REGISTERED:
            raise Answered(
                "registered", _("You are registered. Give your place back if you cannot come.")
            )
        if locked.standing == Standing.DECLINED:
            return
        EventInvitation.objects.filter(pk=locked.pk).update(declined_at=timezone.now())
        trail.record("event-invitation.declined", locked, by=None)
    invitation.refresh_from_db()


def _invite(event: Event, guest: Guest, *, language: str, by: User) -> EventInvitation:
    token = secrets.token_urlsafe(32)
    made = EventInvitation.objects.create(
        event=event,
        email=guest.email,
        name=one_line(guest.name),
        language=language,
        token_digest=digest_of(token),
        invited_by=by,
    )
    letters.invite(made, token, by=by)
    return made


def _addresses_of(event: Event) -> set[str]:
    """Who has an invitation that stands, or a place or a turn already."""
    invited = event.invitations.filter(revoked_at=None, erased_at=None)
    registered = event.registrations.filter(state__in=Registration.LIVE, erased_at=None)
    found = invited.values_list("email", flat=True).union(
        registered.order_by().values_list("email", flat=True)
    )
    return set(found)


def _locked(invitation: EventInvitation) -> tuple[Event, EventInvitation]:
    """The event first, as everybody does who gives or takes a place."""
    event = waiting_list.lock(invitation.event)
    rows = EventInvitation.objects.select_for_update(of=("self",)).select_related("registration")
    locked = rows.get(pk=invitation.pk)
    locked.event = event
    return event, locked


def _demand_by_invitation(event: Event) -> None:
    if event.access != Event.Access.INVITED:
        raise NotNow(
            "open-to-everybody",
            _("This event is open to everybody; nobody needs an invitation. Nothing was sent."),
        )
    if event.state == Event.State.PLANNED:
        raise NotNow("not-announced", _("Announce the event first, then invite. Nothing was sent."))


def _demand_time(event: Event) -> None:
    if event.state in {Event.State.CANCELLED, Event.State.REPLACED}:
        raise NotNow("does-not-take-place", _("The event does not take place."))
    if not takes_answers(event):
        raise NotNow("too-late", _("The event has begun, or the time to answer is over."))


def _demand_standing(invitation: EventInvitation) -> None:
    if invitation.revoked_at is not None or invitation.erased_at is not None:
        raise InvitationVoid("withdrawn", _("This invitation was withdrawn. Nothing was changed."))

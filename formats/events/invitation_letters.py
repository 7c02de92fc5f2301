"""Mails to those who are invited to an event: the invitation, a reminder, news, the withdrawal."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import translation

from formats.events.registration_letters import facts_of
from formats.models import Event, EventInvitation
from foundation.accounts.models import User
from foundation.look import moments
from foundation.mail import outbox


def invite(invitation: EventInvitation, token: str, *, by: User) -> None:
    """The link by which the person answers."""
    _mail(invitation, "event_invitation", token=token, secret=True, by=by)


def remind(invitation: EventInvitation, token: str, *, by: User) -> None:
    """The same once more, for those who have not answered."""
    _mail(invitation, "event_invitation_reminder", token=token, secret=True, by=by)


def withdraw(invitation: EventInvitation, *, by: User) -> None:
    """The link leads nowhere from now on."""
    _mail(invitation, "event_invitation_withdrawn", by=by)


def tell_silent(event: Event, kind: str, *, sequence: int) -> int:
    """Those who have not answered learn that it is moved or does not take place. How many."""
    found = list(silent(event))
    for invitation in found:
        invitation.event = event
        _mail(invitation, kind, suffix=f"-{sequence}")
    return len(found)


def silent(event: Event) -> models.QuerySet[EventInvitation]:
    """Invitations to `event` that stand and have no answer yet."""
    return event.invitations.filter(
        revoked_at=None, erased_at=None, declined_at=None, registration=None
    )


def _mail(
    invitation: EventInvitation,
    kind: str,
    *,
    suffix: str = "",
    secret: bool = False,
    by: User | None = None,
    **more: Any,
) -> None:
    event = invitation.event
    with translation.override(invitation.language):
        until = event.registration_until
        context = {
            "answer_by": moments.moment_text(until, event.time_zone) if until else "",
            **facts_of(event),
            **more,
        }
        outbox.queue(
            kind,
            key=f"{kind.replace('_', '-')}-to-{invitation.pk}{suffix}",
            to=invitation.email,
            to_name=invitation.name,
            language=invitation.language,
            subject=invitation,
            context=context,
            secret=secret,
            by=by,
        )

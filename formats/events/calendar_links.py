"""The secret address of a person's own calendar: made, replaced and revoked by its owner."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.db.models.functions import Now

from formats.models import CalendarLink
from foundation.accounts.models import User
from foundation.audit import trail


def make(user: User) -> str:
    """A new secret; the one before is revoked. Only its digest is kept."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        _revoke(user)
        made = CalendarLink.objects.create(user=user, token_digest=_digest(token))
        trail.record("calendar-link.made", made, by=user)
    return token


def revoke(user: User) -> None:
    """The address leads nowhere from now on."""
    with transaction.atomic():
        if _revoke(user):
            trail.record("calendar-link.revoked", user, by=user)


def owner_of(token: str) -> User | None:
    """Whose calendar it is; None when it is unknown, revoked, or the person has left."""
    found = CalendarLink.objects.filter(
        token_digest=_digest(token), revoked_at=None, user__is_active=True
    )
    link = found.select_related("user").first()
    return link.user if link else None


def current(user: User) -> CalendarLink | None:
    """The link that is in force."""
    return CalendarLink.objects.filter(user=user, revoked_at=None).first()


def _revoke(user: User) -> int:
    return CalendarLink.objects.filter(user=user, revoked_at=None).update(revoked_at=Now())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

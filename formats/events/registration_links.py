"""Links in mails to those who registered: signed, so that the database alone opens no door."""

from __future__ import annotations

from django.core import signing

from formats.models import Registration

SIGNER = signing.Signer(salt="formats.registration", sep="~")


def token_of(registration: Registration) -> str:
    """What opens the person's own page."""
    return SIGNER.sign(registration.handle)


def registration_of(token: str) -> Registration | None:
    """Whose link it is; None when it is forged or the person is forgotten."""
    try:
        handle = SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    found = Registration.objects.filter(handle=handle, erased_at=None)
    return found.select_related("event").first()

"""Links in mails to subscribers. They are signed, so that the database alone opens no door.

A changed SECRET_KEY keeps them alive as long as the old one is named in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from foundation.subscriptions.models import Subscriber

SIGNER = signing.Signer(salt="subscriptions", sep="~")


def token_of(subscriber: Subscriber) -> str:
    """What opens the subscriber's own page; valid until they end their subscription."""
    return SIGNER.sign(subscriber.handle)


def handle_of(token: str) -> str | None:
    """The handle behind a token that we signed, whether its subscriber is still there or not."""
    try:
        return SIGNER.unsign(token)
    except signing.BadSignature:
        return None


def subscriber_of(token: str) -> Subscriber | None:
    """Whose link it is; None when it is forged or the subscriber has gone."""
    handle = handle_of(token)
    return Subscriber.objects.filter(handle=handle).first() if handle else None


def unsubscribe_url(subscriber: Subscriber) -> str:
    """Where a mail program ends the subscription with one POST (RFC 8058)."""
    return f"{settings.PUBLIC_URL}{reverse('unsubscribe', args=[token_of(subscriber)])}"

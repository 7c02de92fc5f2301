"""Asking for mails and confirming it: nobody is subscribed by somebody else.

Whoever asks learns nothing about the address; its owner gets a link that ends after two days.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail import outbox
from foundation.posting.limits import Limit
from foundation.subscriptions import links
from foundation.subscriptions.models import Subscriber, Subscription
from foundation.subscriptions.wishes import Wish

VALID_FOR = dt.timedelta(hours=48)
# Nobody needs an account to ask: limited by the address that is written to, and altogether.
BY_ADDRESS = Limit("subscription-address", at_most=3, per=dt.timedelta(hours=1))
FROM_EVERYBODY = Limit("subscription-everybody", at_most=300, per=dt.timedelta(hours=1))


class NothingChosen(DomainError):
    """A subscription to nothing."""


class LinkOver(DomainError):
    """Too old, used, replaced by a newer one, or never made."""


def ask(email: str, wishes: Collection[Wish], *, named: Sequence[str], language: str) -> Subscriber:
    """Mail a link by which the owner of `email` confirms `wishes`; `named` says them in words.

    Nothing of what was confirmed before changes. Raises NothingChosen, TooOften.
    """
    if not wishes:
        raise NothingChosen("nothing-chosen", _("Please choose what you want to hear of."))
    email = email.strip().lower()
    FROM_EVERYBODY.use("everybody")
    BY_ADDRESS.use(email)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        subscriber = _locked(email, language)
        is_new = _note(subscriber, wishes, digest_of(token))
        outbox.queue(
            "subscription_confirm" if is_new else "subscription_known",
            key=f"subscription-{secrets.token_hex(12)}",
            to=email,
            language=subscriber.language,
            subject=subscriber,
            context={
                "named": named,
                "token": token if is_new else links.token_of(subscriber),
            },
            secret=True,
            hides_address=True,
        )
        trail.record("subscription.asked", subscriber, by=None)
    return subscriber


def digest_of(token: str) -> str:
    """What is kept of the link in the mail."""
    return hashlib.sha256(token.encode()).hexdigest()


def waiting_for(token: str) -> QuerySet[Subscription]:
    """What this link would confirm; nothing when it is over."""
    return Subscription.objects.filter(
        token_digest=digest_of(token), confirmed_at=None, asked_at__gt=Now() - VALID_FOR
    ).select_related("subscriber")


def confirm(token: str) -> Subscriber:
    """The owner of the mailbox says yes; raises LinkOver."""
    with transaction.atomic():
        rows = list(waiting_for(token).select_for_update(of=("self",)))
        if not rows:
            raise LinkOver("link-over", _("This link is no longer valid. Please ask once more."))
        Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(
            confirmed_at=Now(), token_digest=""
        )
        subscriber = rows[0].subscriber
        trail.record("subscription.confirmed", subscriber, by=None, number=len(rows))
    return subscriber


def forget_unconfirmed() -> int:
    """Erase what nobody confirmed in time, and addresses that are left with nothing."""
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=Now() - VALID_FOR).delete()
    empty = Subscriber.objects.filter(subscriptions=None, created_at__lt=Now() - VALID_FOR)
    return sum(_forget_empty(pk) for pk in empty.values_list("pk", flat=True))


def forget(subscriber: Subscriber) -> None:
    """Erase the address, its wishes, and what lies in the outbox for it.

    The caller holds the row's lock: nothing is announced to it meanwhile.
    """
    outbox.forget_mails_about(subscriber)
    trail.record("subscription.ended", subscriber, by=None)
    subscriber.delete()


def _forget_empty(pk: int) -> bool:
    with transaction.atomic():
        found = Subscriber.objects.select_for_update().filter(pk=pk).first()
        if found is None or found.subscriptions.exists():
            return False
        forget(found)
    return True


def _locked(email: str, language: str) -> Subscriber:
    """The row of this address, made or found, and locked until commit."""
    Subscriber.objects.bulk_create(
        [Subscriber(email=email, language=language)],
        update_conflicts=True,
        unique_fields=["email"],
        update_fields=["email"],
    )
    found = Subscriber.objects.select_for_update().get(email=email)
    if found.language != language and not found.subscriptions.exclude(confirmed_at=None).exists():
        # As long as nothing is confirmed, the newest page decides.
        Subscriber.objects.filter(pk=found.pk).update(language=language)
        found.language = language
    return found


def _note(subscriber: Subscriber, wishes: Collection[Wish], digest: str) -> bool:
    """Write down what is not confirmed yet; whether there is anything to confirm."""
    known = set(map(Wish.of, subscriber.subscriptions.exclude(confirmed_at=None)))
    for wish in sorted(set(wishes) - known):
        Subscription.objects.update_or_create(
            subscriber=subscriber,
            topic=wish.topic,
            subject_type=wish.subject[0],
            subject_id=wish.subject[1],
            defaults={"token_digest": digest, "asked_at": Now()},
        )
    return bool(set(wishes) - known)

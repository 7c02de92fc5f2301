"""What a subscriber does by the link in a mail: see the choice, change it, end it.

Whoever holds the link has the mailbox; what they choose counts at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now

from foundation.audit import trail
from foundation.subscriptions import asking
from foundation.subscriptions.models import Subscriber, Subscription
from foundation.subscriptions.wishes import Wish


@dataclasses.dataclass(frozen=True)
class Number:
    """How many hear of a wish, and how many have not confirmed it yet."""

    wish: Wish
    confirmed: int
    waiting: int


def wishes_of(subscriber: Subscriber) -> set[Wish]:
    """What this subscriber hears of."""
    return set(map(Wish.of, subscriber.subscriptions.exclude(confirmed_at=None)))


def choose(subscriber: Subscriber, wishes: Collection[Wish], *, language: str) -> bool:
    """Hear of exactly `wishes` from now on, in `language`; nothing at all ends the subscription.

    Whether the subscriber is still there afterwards.
    """
    if not wishes:
        end(subscriber.handle)
        return False
    with transaction.atomic():
        locked = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
        if locked is None:
            return False
        Subscriber.objects.filter(pk=locked.pk).update(language=language)
        kept = []
        for wish in sorted(set(wishes)):
            row, _created = Subscription.objects.update_or_create(
                subscriber=locked,
                topic=wish.topic,
                subject_type=wish.subject[0],
                subject_id=wish.subject[1],
                defaults={"confirmed_at": Now(), "token_digest": ""},
            )
            kept.append(row.pk)
        locked.subscriptions.exclude(pk__in=kept).delete()
        trail.record("subscription.changed", locked, by=None, number=len(kept))
    return True


def end(handle: str) -> None:
    """Erase everything about the subscriber; nothing the second time."""
    with transaction.atomic():
        found = Subscriber.objects.select_for_update().filter(handle=handle).first()
        if found is not None:
            asking.forget(found)


def numbers() -> list[Number]:
    """How many addresses there are for each wish; never which."""
    rows = (
        Subscription.objects.values("topic", "subject_type", "subject_id")
        .annotate(
            confirmed=Count("pk", filter=~Q(confirmed_at=None)),
            waiting=Count("pk", filter=Q(confirmed_at=None)),
        )
        .order_by("topic", "subject_type", "subject_id")
    )
    return [
        Number(
            Wish(row["topic"], (row["subject_type"], row["subject_id"])),
            row["confirmed"],
            row["waiting"],
        )
        for row in rows
    ]

"""Announcing something to all who asked for it: one mail each, exactly once.

Each batch is one effect; the mails' keys keep a subscriber from hearing twice of one thing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail import outbox
from foundation.subscriptions import links
from foundation.subscriptions.models import Subscriber, Subscription
from foundation.subscriptions.wishes import Wish

BATCH = 200


@dataclasses.dataclass(frozen=True)
class Notice:
    """What is announced: `name` such as "call-7" is unique for ever, `kind` the mail's template.

    It concerns everybody who has one of `wishes`.
    """

    name: str
    kind: str
    wishes: tuple[Wish, ...]
    context: Mapping[str, Any]


def request(effect: str, name: str, *, due_at: dt.datetime | None = None, **ids: Any) -> None:
    """Ask in the caller's transaction to have `name` announced, by the handler of `effect`."""
    work.request(effect, f"{name}:0", queue=Effect.Queue.MAIL, due_at=due_at, after=0, **ids)


def spread(effect: str, notice: Notice, *, after: int, **ids: Any) -> int:
    """Write to the next BATCH subscribers beyond number `after`, and ask for the batch after them.

    Returns how many were written to. Locks them: who ends the subscription meanwhile waits, and
    then finds the mail and erases it.
    """
    with transaction.atomic():
        hearers = list(
            hearing(notice.wishes)
            .filter(pk__gt=after)
            .order_by("pk")
            .select_for_update(of=("self",))[:BATCH]
        )
        for subscriber in hearers:
            _write(notice, subscriber)
        if len(hearers) == BATCH:
            last = hearers[-1].pk
            work.request(
                effect, f"{notice.name}:{last}", queue=Effect.Queue.MAIL, after=last, **ids
            )
    return len(hearers)


def hearing(wishes: Iterable[Wish]) -> QuerySet[Subscriber]:
    """Subscribers with at least one of `wishes`, confirmed."""
    asked = Q()
    for wish in wishes:
        asked |= Q(topic=wish.topic, subject_type=wish.subject[0], subject_id=wish.subject[1])
    rows = Subscription.objects.filter(asked, subscriber=OuterRef("pk"))
    return Subscriber.objects.filter(Exists(rows.exclude(confirmed_at=None)))


def _write(notice: Notice, subscriber: Subscriber) -> None:
    outbox.queue(
        notice.kind,
        key=f"{notice.name}-subscriber-{subscriber.pk}",
        to=subscriber.email,
        language=subscriber.language,
        subject=subscriber,
        context={**notice.context, "token": links.token_of(subscriber)},
        secret=True,
        hides_address=True,
        unsubscribe_url=links.unsubscribe_url(subscriber),
    )

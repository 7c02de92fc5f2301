"""Requesting, claiming and finishing pending work.

A claim counts the attempt and commits; the work itself then runs in one transaction that holds the
row's lock and marks it done, so that a killed worker leaves either nothing or the whole effect.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from foundation.effects import bell
from foundation.effects.models import Effect

Handler = Callable[..., None]

# Waiting time before try 2, 3, …; the first is short because it also heals a killed worker.
BACK_OFF = [dt.timedelta(seconds=s) for s in (2, 15, 60, 300, 1800, 7200, 28800)]
DRAIN_SECONDS = 60.0
PENDING = (Effect.State.DUE, Effect.State.RUNNING)

_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Decorator: the function does the work of `kind`; it gets the effect's arguments by name.

    It runs inside a transaction; raise to have it tried again, raise GiveUp to end it at once.
    """

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


class GiveUp(Exception):
    """The work can never succeed (its cause is gone); the effect goes to the dead letters."""


def request(
    kind: str,
    key: str,
    *,
    queue: Effect.Queue = Effect.Queue.DEFAULT,
    due_at: dt.datetime | None = None,
    max_attempts: int = 8,
    **arguments: Any,
) -> None:
    """Write down one piece of work in the caller's transaction and ring after commit.

    Asking again with the same (kind, key) changes nothing. `arguments` are JSON values, ids mostly.
    """
    values: dict[str, Any] = {} if due_at is None else {"due_at": due_at}
    Effect.objects.bulk_create(
        [
            Effect(
                kind=kind,
                key=key,
                queue=queue,
                arguments=arguments,
                max_attempts=max_attempts,
                **values,
            )
        ],
        ignore_conflicts=True,
    )
    _ring_after_commit(str(queue))


def drain(queue: str, *, limit: int = 100, patience: float = DRAIN_SECONDS) -> int:
    """Do the due work of one queue, one effect after another; returns how many were done.

    After `limit` effects or `patience` seconds it rings again and leaves the rest to the next
    task: the worker's time limits are meant for one effect, not for a hundred slow ones.
    """
    done, began = 0, time.monotonic()
    while done < limit and (done == 0 or time.monotonic() - began < patience):
        effect = _claim(queue)
        if effect is None:
            return done
        with _Attempt(effect):
            _run(effect)
        done += 1
    bell.ring(queue)
    return done


def sweep() -> None:
    """Ring for every queue with due work: what the bell forgot, a killed worker left, or waits."""
    for queue in due().values_list("queue", flat=True).distinct().order_by("queue"):
        bell.ring(queue)


def due() -> models.QuerySet[Effect]:
    """Work that could be done now by the database's clock."""
    return Effect.objects.filter(state__in=PENDING, due_at__lte=Now())


def revive(effect: Effect) -> None:
    """Put a dead letter back to work with fresh attempts."""
    revived = Effect.objects.filter(pk=effect.pk, state=Effect.State.DEAD).update(
        state=Effect.State.DUE, attempts=0, due_at=Now(), last_error=""
    )
    if revived:
        _ring_after_commit(effect.queue)


def _claim(queue: str) -> Effect | None:
    """Count one attempt on the oldest due row that nobody works on; exhausted rows die."""
    with transaction.atomic():
        _bury_exhausted(queue)
        effect = (
            due()
            .filter(queue=queue, attempts__lt=F("max_attempts"))
            .order_by("due_at", "pk")
            .select_for_update(skip_locked=True)
            .first()
        )
        if effect is None:
            return None
        wait = BACK_OFF[min(effect.attempts, len(BACK_OFF) - 1)]
        # Should this try fail or its worker be killed, the row is due again after `wait`.
        Effect.objects.filter(pk=effect.pk).update(
            state=Effect.State.RUNNING, attempts=F("attempts") + 1, due_at=Now() + wait
        )
    return effect


def _bury_exhausted(queue: str) -> None:
    exhausted = (
        due()
        .filter(queue=queue, attempts__gte=F("max_attempts"))
        .select_for_update(skip_locked=True)
        .values("pk")
    )
    Effect.objects.filter(pk__in=list(exhausted.values_list("pk", flat=True))).update(
        state=Effect.State.DEAD
    )


def _run(effect: Effect) -> None:
    with transaction.atomic():
        # Not skipped when locked: whoever claims beside us has it locked for a moment to look.
        locked = (
            Effect.objects.filter(pk=effect.pk, state=Effect.State.RUNNING)
            .select_for_update()
            .first()
        )
        if locked is None:
            return  # somebody else has done it
        _handlers[locked.kind](**locked.arguments)
        Effect.objects.filter(pk=locked.pk).update(
            state=Effect.State.DONE, done_at=Now(), last_error=""
        )


class _Attempt:
    """Notes why a try failed; the exception goes on to the worker's log."""

    def __init__(self, effect: Effect) -> None:
        self.effect = effect

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if kind is None:
            return False
        # The class and code say enough; messages may quote people.
        reason = f"{kind.__name__} {getattr(error, 'code', '')}".strip()
        given_up = Q(pk=self.effect.pk) & ~Q(state=Effect.State.DONE)
        values: dict[str, Any] = {"last_error": reason[:200]}
        if issubclass(kind, GiveUp):
            values["state"] = Effect.State.DEAD
        Effect.objects.filter(given_up).update(**values)
        bell.ring(self.effect.queue)
        return issubclass(kind, GiveUp)


def _ring_after_commit(queue: str) -> None:
    """One ring per transaction and queue, however many effects it asked for."""
    waiting = {getattr(entry[1], "queue", None) for entry in connection.run_on_commit}
    if queue in waiting:
        return

    def after_commit() -> None:
        bell.ring(queue)

    after_commit.queue = queue  # type: ignore[attr-defined]
    transaction.on_commit(after_commit, robust=True)

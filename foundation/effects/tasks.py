"""The worker's side of pending work: drain on a ring, sweep by the clock, show signs of life."""

from __future__ import annotations

from celery import shared_task

from foundation.effects import health, work


@shared_task(name="effects.drain", ignore_result=True)
def drain(queue: str) -> None:
    work.drain(queue)


@shared_task(name="effects.sweep", ignore_result=True)
def sweep() -> None:
    work.sweep()


@shared_task(name="effects.heartbeat", ignore_result=True)
def heartbeat() -> None:
    health.request_heartbeats()


@work.handles("effects.heartbeat")
def note_heartbeat() -> None:
    """Being done is the whole work: the row's `done_at` is the sign of life."""

"""What the installation as a whole looks after by itself."""

from __future__ import annotations

from celery import shared_task

from config import seal_watch


@shared_task(name="config.watch_seal")
def watch_seal() -> None:
    """Warn before the certificate of the seal ends."""
    seal_watch.watch_seal()

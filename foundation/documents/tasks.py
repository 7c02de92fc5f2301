"""Housekeeping by Celery: orphaned files, and time stamps that are a year old."""

from __future__ import annotations

from celery import shared_task

from foundation.documents import renewal
from foundation.documents.files import sweep_orphans
from foundation.effects import work


@shared_task(name="documents.sweep_orphans")
def sweep_orphaned_files() -> None:
    """Delete stored bytes that no row knows, once they are an hour old."""
    sweep_orphans()


@shared_task(name="documents.request_renewals")
def request_renewals() -> None:
    """Look once a day which documents need a fresh time stamp."""
    renewal.request_renewals()


@work.handles(renewal.KIND)
def renew(release_id: int) -> None:
    renewal.renew(release_id)

"""Housekeeping by Celery: files that a killed worker or a rolled-back transaction left behind."""

from __future__ import annotations

from celery import shared_task

from foundation.documents.files import sweep_orphans


@shared_task(name="documents.sweep_orphans")
def sweep_orphaned_files() -> None:
    """Delete stored bytes that no row knows, once they are an hour old."""
    sweep_orphans()

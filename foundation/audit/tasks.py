"""The sealer's round: chains what was recorded since the last one."""

from __future__ import annotations

from celery import shared_task

from foundation.audit import trail


@shared_task(name="audit.seal_trail")
def seal_trail() -> int:
    return trail.seal_trail()

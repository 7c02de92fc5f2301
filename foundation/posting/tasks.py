"""Clearing away what posting needed only for a while."""

from __future__ import annotations

import datetime as dt

from celery import shared_task
from django.db.models.functions import Now

from foundation.posting.models import Allowance, PostedOnce

KEPT_FOR = dt.timedelta(days=2)


@shared_task(name="posting.forget", ignore_result=True)
def forget() -> None:
    """Keys of forms older than any session, and counters of windows that are over."""
    PostedOnce.objects.filter(created_at__lt=Now() - KEPT_FOR).delete()
    Allowance.objects.filter(window_start__lt=Now() - KEPT_FOR).delete()

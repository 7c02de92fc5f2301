"""Reminding the office of the answers it owes: before the day, on it, and ever again after it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction

from circles.models import Result
from foundation.mail import outbox

BEFORE = dt.timedelta(days=14)
AGAIN_AFTER = 30  # days


def remind(today: dt.date) -> int:
    """Mail the office about every answer that is due soon or late, each step once.

    Returns how many are.
    """
    due = list(Result.objects.owing(today + BEFORE).select_related("work_order"))
    with transaction.atomic():
        for result in due:
            _remind(result, result.owed_on, today)  # type: ignore[attr-defined]
    return len(due)


def _remind(result: Result, owed_on: dt.date, today: dt.date) -> None:
    late = (today - owed_on).days
    step = "before" if late < 0 else str(late // AGAIN_AFTER)
    outbox.queue(
        "result_reminder",
        key=f"result-reminder-{result.pk}-{owed_on:%Y%m%d}-{step}",
        to=settings.OFFICE_EMAIL,
        to_name=settings.OFFICE_NAME,
        language=settings.LANGUAGE_CODE,
        subject=result,
        context={"result": result, "owed_on": owed_on, "is_late": late > 0},
    )

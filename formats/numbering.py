"""Running numbers such as AA-2026-03 or 17, without gaps and without two alike."""

from __future__ import annotations

from django.db import connection, models
from django.utils import timezone


def next_number(model: type[models.Model], prefix: str, *, lock: int, digits: int) -> str:
    """The next free `number` of `model` this year; waits for a concurrent numbering.

    `lock` is the advisory lock of this kind of number, held until the transaction ends.
    """
    stem = f"{prefix}-{timezone.localdate().year}-"
    _wait_for(lock)
    rows = model._default_manager.filter(number__startswith=stem)
    taken = rows.values_list("number", flat=True)
    last = max((int(number.removeprefix(stem)) for number in taken), default=0)
    return f"{stem}{last + 1:0{digits}d}"


def next_whole(model: type[models.Model], field: str, *, lock: int) -> int:
    """The next free whole number of `field`, from 1; waits for a concurrent numbering."""
    _wait_for(lock)
    last: int | None = model._default_manager.aggregate(last=models.Max(field))["last"]
    return (last or 0) + 1


def _wait_for(lock: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])

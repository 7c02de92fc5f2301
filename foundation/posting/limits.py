"""Rate limits that hold under parallel requests, counted in the database.

They key on an account, an address of mail or a token, never on a network address alone: forty people
in one room share one.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import connection
from django.utils import timezone
from django.utils.translation import ngettext

from foundation.errors import DomainError


class TooOften(DomainError):
    """The allowance of this window is used up."""


def use_allowance(purpose: str, subject: str, *, at_most: int, per: dt.timedelta) -> None:
    """Count one use; raises TooOften beyond `at_most` uses in the running window of length `per`."""
    now = timezone.now()
    seconds = int(per.total_seconds())
    start = dt.datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO posting_allowance AS a (purpose, subject, window_start, used)"
            " VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (purpose, subject, window_start) DO UPDATE SET used = a.used + 1"
            " RETURNING used",
            [purpose, hashlib.sha256(subject.encode()).hexdigest(), start],
        )
        (used,) = cursor.fetchone()
    if used > at_most:
        minutes = max(1, int((start + per - now).total_seconds() // 60) + 1)
        raise TooOften(
            "too-often",
            ngettext(
                "That was tried too often. Please try again in %(minutes)d minute.",
                "That was tried too often. Please try again in %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes},
        )

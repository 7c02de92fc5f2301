"""Rate limits that hold under parallel requests, counted in the database.

They key on an account, an address of mail or a token, never on a network address alone: forty
people in one room share one.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import ngettext

from foundation.errors import DomainError
from foundation.posting.models import Allowance


class TooOften(DomainError):
    """The allowance of this window is used up."""


@dataclasses.dataclass(frozen=True)
class Limit:
    """An allowance with a name: at most so many uses per window and subject."""

    purpose: str
    at_most: int
    per: dt.timedelta

    def use(self, subject: str) -> None:
        """Count one use; raises TooOften."""
        use_allowance(self.purpose, subject, at_most=self.at_most, per=self.per)

    def give_back(self, subject: str) -> None:
        """Take one use back, because it turned out to be rightful: only failures shall count."""
        Allowance.objects.filter(
            purpose=self.purpose,
            subject=_digest(subject),
            window_start=_window(timezone.now(), self.per),
            used__gt=0,
        ).update(used=F("used") - 1)


def use_allowance(purpose: str, subject: str, *, at_most: int, per: dt.timedelta) -> None:
    """Count one use; raises TooOften beyond `at_most` uses in this window of length `per`."""
    now = timezone.now()
    start = _window(now, per)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO posting_allowance AS a (purpose, subject, window_start, used)"
            " VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (purpose, subject, window_start) DO UPDATE SET used = a.used + 1"
            " RETURNING used",
            [purpose, _digest(subject), start],
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


def end_of_window(per: dt.timedelta) -> dt.datetime:
    """When every used-up allowance of this length begins anew."""
    return _window(timezone.now(), per) + per


def _window(now: dt.datetime, per: dt.timedelta) -> dt.datetime:
    seconds = int(per.total_seconds())
    return dt.datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=dt.UTC)


def _digest(subject: str) -> str:
    return hashlib.sha256(subject.encode()).hexdigest()

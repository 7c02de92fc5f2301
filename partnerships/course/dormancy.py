"""Partnerships that have fallen silent: no held meeting for months, and what to do about it.

The flag is computed from the meetings on record; each silence is told by mail once.
"""

from __future__ import annotations

import calendar
import datetime as dt

from django.conf import settings
from django.db.models import DateField, Max, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import User
from foundation.mail import outbox
from partnerships.models import Encounter, Partnership
from partnerships.speakers import speakers_of


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day `months` earlier, or the last day of that shorter month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def dormant(today: dt.date | None = None) -> QuerySet[Partnership]:
    """Partnerships without a held meeting for the months of the setting, with `silent_since`.

    Those at rest and those still in analysis are not silent: nobody expects a meeting there.
    """
    limit = months_before(today or timezone.localdate(), settings.DORMANT_AFTER_MONTHS)
    held = Q(encounters__state=Encounter.State.HELD)
    return (
        Partnership.objects.filter(suspended_at=None, ended_at=None)
        .exclude(phase=Partnership.Phase.ANALYSIS)
        .annotate(
            silent_since=Coalesce(
                Max("encounters__on", filter=held), Cast("created_at", DateField())
            )
        )
        .filter(silent_since__lt=limit)
    )


def silent_since(partnership: Partnership) -> dt.date | None:
    """The day of the last held meeting if the partnership is dormant, else None."""
    return getattr(dormant().filter(pk=partnership.pk).first(), "silent_since", None)


def remind_dormant() -> int:
    """Tell both cities and the office about each silence, once; how many mails were asked for."""
    asked = 0
    for partnership in dormant():
        since: dt.date = partnership.silent_since  # type: ignore[attr-defined]
        people: list[User | None] = [*speakers_of(partnership.pk), None]
        for user in people:
            outbox.queue(
                "partnership_dormant",
                key=f"dormant-{partnership.pk}-{since:%Y%m%d}-{user.pk if user else 'office'}",
                to=user.email if user else settings.OFFICE_EMAIL,
                to_name=user.name if user else settings.OFFICE_NAME,
                language=user.language if user else settings.LANGUAGE_CODE,
                subject=partnership,
                context={
                    "partnership": partnership,
                    "since": since,
                    "months": settings.DORMANT_AFTER_MONTHS,
                    "link": settings.PUBLIC_URL
                    + reverse("partnership_standing", args=[partnership.slug]),
                },
            )
            asked += 1
    return asked

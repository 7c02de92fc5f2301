"""Promising a form of exchange with its rhythm."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course.standing import demand_active
from partnerships.models import ExchangeFormat, Partnership


class RhythmOutOfRange(DomainError):
    """Between once a year and once a week."""


def promise(
    partnership: Partnership,
    *,
    name: LocalizedText,
    by: User | None,
    per_year: int | None = None,
    mode: ExchangeFormat.Mode = ExchangeFormat.Mode.LEARN,
) -> ExchangeFormat:
    """A new form of exchange, `per_year` times a year or without rhythm."""
    if per_year is not None and not 1 <= per_year <= 52:
        raise RhythmOutOfRange(
            "rhythm-out-of-range", _("Give a number between 1 and 52 a year, or none.")
        )
    demand_active(partnership)
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        last = partnership.exchange_formats.aggregate(last=Max("position"))["last"] or 0
        form = ExchangeFormat.objects.create(
            partnership=partnership, position=last + 1, name=name, mode=mode, per_year=per_year
        )
        trail.record("exchange_format.promised", form, by=by, partnership=partnership.pk)
    return form

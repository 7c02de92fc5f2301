"""Writing down who is in the room before the first die counts (Losprotokoll)."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from circles.declarations import in_force
from circles.models import Draw
from circles.models.record import DrawRecord
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class RecordIncomplete(DomainError):
    """The room is not as the rules demand, or the record is written already."""


def write(
    draw: Draw,
    *,
    chair: str,
    minute_taker: str,
    throwers: list[str],
    witnesses: list[str],
    began_at: dt.datetime,
    conflicts: str = "",
    incidents: str = "",
    by: User,
) -> DrawRecord:
    """Store the record of the room; with dice only, at least four throwers and two witnesses."""
    declaration = in_force(draw)
    dice_only = declaration is not None and declaration.drand_round is None
    if dice_only and (len(set(throwers)) < 4 or len(set(witnesses)) < 2):
        raise RecordIncomplete(
            "too-few-people",
            _("With dice only, at least four people throw before at least two named witnesses."),
        )
    if set(throwers) & set(witnesses):
        raise RecordIncomplete("two-roles", _("A witness cannot throw. Name another person."))
    try:
        with transaction.atomic():
            record = DrawRecord.objects.create(
                draw=draw,
                chair=chair,
                minute_taker=minute_taker,
                throwers=throwers,
                witnesses=witnesses,
                began_at=began_at,
                conflicts=conflicts,
                incidents=incidents,
                written_by=by,
            )
            trail.record("draw.recorded", draw, by=by, throwers=len(throwers))
    except IntegrityError as error:
        raise RecordIncomplete(
            "already-written", _("The record of the room has been written already.")
        ) from error
    return record

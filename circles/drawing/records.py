"""Writing down who is in the room before the first die counts (Losprotokoll)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from circles import clock
from circles.drawing.declarations import DAY, in_force
from circles.models import Call, Declaration, Draw
from circles.models.record import DrawRecord
from formats.models import Meeting
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.look import moments

THROWERS, WITNESSES = 4, 2


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
    """Store the room of the confirmed declaration in force, once for each declaration.

    With dice only: in the public session and not before a day after the freeze, at least four
    throwers and two witnesses.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=draw.call_id)
        declaration = in_force(draw)
        if declaration is None or declaration.confirmed_at is None:
            raise RecordIncomplete(
                "not-declared",
                _("First a second person confirms the declaration; then the room is written down."),
            )
        _demand_people(declaration, throwers, witnesses)
        if declaration.drand_round is None and clock.now_for(call) < draw.frozen_at + DAY:
            raise RecordIncomplete(
                "too-early",
                _("Dice count only from 24 hours after the pool was closed; so does the record."),
            )
        missing = session_missing(call) if declaration.drand_round is None else ""
        if missing:
            raise RecordIncomplete("no-session", missing)
        try:
            with transaction.atomic():
                record = DrawRecord.objects.create(
                    declaration=declaration,
                    chair=chair,
                    minute_taker=minute_taker,
                    throwers=throwers,
                    witnesses=witnesses,
                    began_at=began_at,
                    conflicts=conflicts,
                    incidents=incidents,
                    written_by=by,
                    written_at=clock.now_for(call),
                )
        except IntegrityError as error:
            raise RecordIncomplete(
                "already-written", _("The record of the room has been written already.")
            ) from error
        trail.record("draw.recorded", draw, by=by, throwers=len(throwers))
    return record


def of(declaration: Declaration | None) -> DrawRecord | None:
    """The record of the room in which this declaration's dice are thrown."""
    return DrawRecord.objects.filter(declaration=declaration).first() if declaration else None


def is_sufficient(record: DrawRecord, declaration: Declaration) -> bool:
    """Whether the room on record is one in which dice of this declaration may be thrown."""
    return declaration.drand_round is not None or (
        len(_people(record.throwers)) >= THROWERS and len(_people(record.witnesses)) >= WITNESSES
    )


def session_missing(call: Call) -> str:
    """Why dice alone cannot be thrown now: they take the announced public session; "" if they can.

    The room is all that such a draw rests on (lottery-los1, 4).
    """
    meeting = Meeting.objects.select_related("body").get(pk=call.meeting_id)
    if meeting.state == Meeting.State.CANCELLED:
        return _("The session is cancelled. Dice alone count only in the public session.")
    if clock.now_for(call) < meeting.starts_at:
        return _("Dice alone count only in the public session, which begins on %(when)s.") % {
            "when": moments.moment_text(meeting.starts_at, meeting.body.time_zone)
        }
    return ""


def _demand_people(declaration: Declaration, throwers: list[str], witnesses: list[str]) -> None:
    few = len(_people(throwers)) < THROWERS or len(_people(witnesses)) < WITNESSES
    if declaration.drand_round is None and few:
        raise RecordIncomplete(
            "too-few-people",
            _("With dice only, at least four people throw before at least two named witnesses."),
        )
    if _people(throwers) & _people(witnesses):
        raise RecordIncomplete("two-roles", _("A witness cannot throw. Name another person."))


def _people(names: Iterable[str]) -> set[str]:
    """Different people: the same name in other letters is one person."""
    return {" ".join(name.split()).casefold() for name in names} - {""}

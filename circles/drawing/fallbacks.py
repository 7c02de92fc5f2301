"""The beacon never came: two people give it up in public, and later type a lottery's numbers.

Only where the declaration named that lottery, and only before anybody could know its numbers.
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from circles import clock
from circles.drawing import drand, roles
from circles.models import (
    Beacon,
    Call,
    Declaration,
    FallbackActivation,
    FallbackEntry,
    FallbackValue,
)
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.audit import trail
from foundation.errors import DomainError

BERLIN = ZoneInfo("Europe/Berlin")
SALES_CLOSE = dt.time(18, 0)  # Wednesdays; on Saturdays an hour later, so this is early enough
DRAWN_ON = (2, 5)  # Wednesday and Saturday
WAIT = dt.timedelta(days=1)
DAYS_AFTER = 2


class NoFallback(DomainError):
    """The fallback cannot be used now; says why."""


def sales_close(declaration: Declaration) -> dt.datetime | None:
    """Until when the fallback can be activated; None where none was declared."""
    day = declaration.fallback_on
    return dt.datetime.combine(day, SALES_CLOSE, BERLIN) if day else None


def activate(
    declaration: Declaration, *, seen: int | None, by: User, proof: Proof
) -> FallbackActivation:
    """Give the beacon up: the first person proposes it, a second confirms it and makes it count.

    `seen` is the proposal that the person was shown; nobody confirms one that came meanwhile.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=declaration.draw.call_id)
        now = clock.now_for(call)
        _demand_open(declaration, now)
        roles.demand_settled(by, declaration.draw)
        known = FallbackActivation.objects.filter(declaration=declaration).first()
        if known is None:
            trail.record("fallback.proposed", declaration, by=by, factor=proof.factor)
            return FallbackActivation.objects.create(
                declaration=declaration, proposed_by=by, proposed_at=now
            )
        if known.confirmed_at is not None:
            raise NoFallback("activated", _("The beacon is given up already."))
        if known.proposed_by_id == by.pk:
            raise NoFallback(
                "same-person", _("A second person must confirm what you have proposed.")
            )
        if known.pk != seen:
            raise NoFallback(
                "changed", _("Somebody has proposed this meanwhile. Look at it, then confirm it.")
            )
        FallbackActivation.objects.filter(pk=known.pk).update(confirmed_by=by, confirmed_at=now)
        trail.record("fallback.activated", declaration, by=by, factor=proof.factor)
        known.refresh_from_db()
    return known


def enter(declaration: Declaration, typed: str, *, by: User) -> FallbackValue | None:
    """Take one person's reading: six numbers and the Superzahl, in any spelling.

    Returns the agreed value when a second person typed the same, None while the first one waits.
    """
    value = normal_value(typed)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=declaration.draw.call_id)
        _demand_activated(declaration, clock.now_for(call))
        roles.demand_settled(by, declaration.draw)
        newest = {
            entry.entered_by_id: entry for entry in declaration.fallback_entries.order_by("pk")
        }
        mine = newest.pop(by.pk, None)
        if mine is not None and mine.value == value and not newest:
            raise NoFallback(
                "same-person",
                _("You have typed these numbers already. A second person must type them too."),
            )
        entry = FallbackEntry.objects.create(declaration=declaration, entered_by=by, value=value)
        trail.record("fallback.entered", declaration, by=by, entry=entry.pk)
        same = next((other for other in newest.values() if other.value == value), None)
        if same is not None:
            agreed = FallbackValue.objects.create(
                declaration=declaration, value=value, first_entry=same, second_entry=entry
            )
            trail.record("fallback.agreed", declaration, by=by, value=agreed.pk)
            return agreed
    if newest:
        raise NoFallback(
            "entries-differ",
            _("The two entries differ. Look at the numbers once more; both people type again."),
        )
    return None


def normal_value(typed: str) -> str:
    """Such as `03-07-19-22-38-49-5`: six different numbers ascending, Superzahl last."""
    numbers = re.findall(r"\d+", typed)
    six, last = numbers[:6], numbers[6:]
    fits = len(last) == 1 and len(last[0]) == 1 and all(1 <= int(n) <= 49 for n in six)
    if not fits or len({int(n) for n in six}) != 6:
        raise NoFallback(
            "not-lotto",
            _("Six different numbers from 1 to 49 and the Superzahl, 0 to 9, are needed."),
        )
    return "-".join([*(f"{n:02}" for n in sorted(map(int, six))), last[0]])


def demand_day(day: dt.date, round: int) -> None:
    """Refuse a day on which that lottery is not drawn, or that comes too soon."""
    if day.weekday() not in DRAWN_ON:
        raise NoFallback(
            "no-lotto-day", _("Lotto 6aus49 is drawn on Wednesdays and Saturdays. Choose one.")
        )
    if (day - drand.time_of(round).date()).days < DAYS_AFTER:
        raise NoFallback(
            "fallback-too-soon",
            _("The fallback must be drawn at least two days after the date of the beacon."),
        )


def _demand_open(declaration: Declaration, now: dt.datetime) -> None:
    closes = sales_close(declaration)
    if closes is None or declaration.drand_round is None or declaration.lapsed_at is not None:
        raise NoFallback("none-declared", _("No fallback was declared. Wait for the beacon."))
    if Beacon.objects.filter(declaration=declaration).exists():
        raise NoFallback("beacon-there", _("The beacon is there; no fallback is needed."))
    if now < drand.time_of(declaration.drand_round) + WAIT:
        raise NoFallback("too-early", _("The beacon can be given up only 24 hours after its time."))
    if now >= closes:
        raise NoFallback(
            "sales-closed",
            _("That lottery has closed its sales and can stand in no more. Wait for the beacon."),
        )


def _demand_activated(declaration: Declaration, now: dt.datetime) -> None:
    closes, activation = sales_close(declaration), getattr(declaration, "activation", None)
    if closes is None or activation is None or activation.confirmed_at is None:
        raise NoFallback("not-activated", _("First two people have to give the beacon up."))
    if now < closes:
        raise NoFallback("not-drawn", _("That lottery has not been drawn yet."))
    if FallbackValue.objects.filter(declaration=declaration).exists():
        raise NoFallback("settled", _("The numbers are agreed already and cannot be changed."))

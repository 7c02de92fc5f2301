"""What the hall sees of a draw at this moment: never a name, each place after the other.

Everybody in the room sees the same, because it follows from the database and its clock alone.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db.models import Q

from circles import clock
from circles.drawing import drand, tickets
from circles.drawing.declarations import DAY
from circles.models import Call, Declaration, Draw, DrawResult, Place
from foundation.look.figures import dice

BETWEEN_PLACES, LONGEST = 4.0, 60.0  # seconds: from place to place; for all places together


@dataclasses.dataclass(frozen=True)
class Stage:
    """One moment of a draw. `left`: seconds to `until`, what the hall waits for (0: nothing)."""

    draw: Draw
    declaration: Declaration | None
    result: DrawResult | None
    phase: str  # admitted, undeclared, waiting, dice, late, beacon, due, thrown or drawn
    throws: list[dice.Throw]
    until: dt.datetime | None
    left: int
    shown: int
    now: dt.datetime

    @property
    def is_over(self) -> bool:
        """Nothing more will happen here."""
        return self.phase in ("admitted", "withdrawn") or bool(
            self.result and self.shown == self.draw.seats
        )

    @property
    def awaits_second(self) -> bool:
        """One person has typed the dice, and the second has not, or otherwise."""
        return dice.PENDING in self.throws

    @property
    def facts(self) -> str:
        """Changes exactly when something is to be shown anew; a countdown runs by itself."""
        parts = (self.draw.pk, self.declaration and self.declaration.pk, self.phase, self.shown)
        return " ".join(map(str, (*parts, *self.throws)))

    @property
    def places(self) -> list[tuple[int, str]]:
        """(number, short ticket) of the places that are shown; "" for the others."""
        found = Place.objects.filter(draw=self.draw, number__lte=self.shown)
        by_number = {place.number: tickets.short_ticket(place.ticket) for place in found}
        return [(n, by_number.get(n, "")) for n in range(1, self.draw.seats + 1)]

    @property
    def count(self) -> str:
        """What is left as 1:02:03 or 2:03."""
        hours, rest = divmod(self.left, 3600)
        minutes, seconds = divmod(rest, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def stage_of(draw: Draw) -> Stage:
    """The draw as the hall sees it now; four queries."""
    now = clock.now_for(draw.call)
    result = DrawResult.objects.filter(draw=draw).defer("result_txt", "seed_txt").first()
    declaration = (
        draw.declarations.filter(Q(lapsed_at=None), confirmed_at__isnull=False)
        .select_related("agreed_value", "beacon", "fallback_value")
        .first()
    )
    throws = _throws(declaration)
    phase, until = _phase(draw, declaration, result, now)
    left = max(0, round((until - now).total_seconds())) if until else 0
    shown = _shown(draw, result, now) if result else 0
    return Stage(draw, declaration, result, phase, throws, until, left, shown, now)


def _phase(
    draw: Draw, declaration: Declaration | None, result: DrawResult | None, now: dt.datetime
) -> tuple[str, dt.datetime | None]:
    """What the hall waits for, and until when."""
    if draw.call.state == Call.State.ALL_ADMITTED:
        return "admitted", None
    if draw.call.state == Call.State.WITHDRAWN:
        return "withdrawn", None
    if result is not None:
        return "drawn", None
    if declaration is None:
        return "undeclared", None
    needs_dice = bool(declaration.dice_count) and not hasattr(declaration, "agreed_value")
    if declaration.drand_round is None:
        opens_at = draw.frozen_at + DAY
        if needs_dice:
            return ("dice", None) if now >= opens_at else ("waiting", opens_at)
        return "thrown", None
    if needs_dice:
        cut_off = declaration.cut_off_at
        return ("late", None) if cut_off and now >= cut_off else ("dice", cut_off)
    if hasattr(declaration, "beacon") or hasattr(declaration, "fallback_value"):
        return "thrown", None
    out_at = drand.time_of(declaration.drand_round)
    return ("due", None) if now >= out_at else ("beacon", out_at)


def _throws(declaration: Declaration | None) -> list[dice.Throw]:
    """The dice that two people typed alike; before that only how far they are, never a digit."""
    if declaration is None:
        return []
    if hasattr(declaration, "agreed_value"):
        return [int(digit) for digit in declaration.agreed_value.digits]
    begun = bool(declaration.dice_count) and declaration.entries.exists()
    return [dice.PENDING if begun else dice.OPEN] * declaration.dice_count


def _shown(draw: Draw, result: DrawResult, now: dt.datetime) -> int:
    """How many places the hall sees: one at once, then one every few seconds."""
    pause = min(BETWEEN_PLACES, LONGEST / draw.seats)
    passed = max(0.0, (now - result.drawn_at).total_seconds())
    return min(draw.seats, 1 + int(passed / pause))

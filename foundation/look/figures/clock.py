"""The year as a clock: one ring a format, thirty degrees a month, the hand stands on today.

Filled was held, dashed is ahead, crossed was missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from foundation.look.figures import pen

STATES: Final = ("held", "ahead", "missed")
_C = 210.0
_OUTER, _INNER = 176.0, 78.0


@dataclass(frozen=True)
class Slot:
    """A promised meeting in a month (1 to 12) and what became of it: one of STATES."""

    month: int
    state: str


@dataclass(frozen=True)
class Ring:
    """One format and its promised meetings of the year."""

    name: str
    slots: Sequence[Slot]

    def number(self, *states: str) -> int:
        """How many slots are in one of `states`."""
        return sum(slot.state in states for slot in self.slots)


def clock(
    rings: Sequence[Ring],
    today: date | None,
    months: Sequence[str],
    middle: str,
    below: str,
    label: str,
) -> str:
    """The clock; outermost ring first; `months` are twelve short names.

    Without `today` there is no hand.
    """
    parts = []
    for month, name in enumerate(months):
        angle = month * 30 - 90
        near, far = pen.on_circle(_C, _C, _INNER, angle), pen.on_circle(_C, _C, _OUTER, angle)
        parts.append(pen.path(f"M{pen.point(near)}L{pen.point(far)}", "faint"))
        x, y = pen.on_circle(_C, _C, 192, angle + 15)
        parts.append(pen.words(x, y + 6, name, "m c"))
    band = (_OUTER - _INNER) / max(len(rings), 1)
    for index, ring in enumerate(rings):
        outer = _OUTER - band * index
        parts.append(pen.circle(_C, _C, outer, "faint"))
        parts += [_slot(slot, outer - 4, outer - band + 4) for slot in ring.slots]
    parts.append(pen.circle(_C, _C, _INNER, "faint"))
    if today is not None:
        day = (today - date(today.year, 1, 1)).days
        length = (date(today.year + 1, 1, 1) - date(today.year, 1, 1)).days
        hand = day / length * 360 - 90
        start, end = pen.on_circle(_C, _C, 62, hand), pen.on_circle(_C, _C, _OUTER + 4, hand)
        parts.append(pen.path(f"M{pen.point(start)}L{pen.point(end)}", "line"))
        parts.append(pen.circle(*end, 5, "ink"))
    parts += [pen.words(_C, _C + 6, middle, "c l t46"), pen.words(_C, _C + 32, below, "c m")]
    return pen.frame((0, 0, 420, 420), parts, label)


def _slot(slot: Slot, outer: float, inner: float) -> str:
    first = (slot.month - 1) * 30 - 90 + 2
    last = first + 26
    a, b = pen.on_circle(_C, _C, outer, first), pen.on_circle(_C, _C, outer, last)
    c, d = pen.on_circle(_C, _C, inner, last), pen.on_circle(_C, _C, inner, first)
    o, i = pen.num(outer), pen.num(inner)
    shape = (
        f"M{pen.point(a)}A{o} {o} 0 0 1 {pen.point(b)}L{pen.point(c)}A{i} {i} 0 0 0 {pen.point(d)}z"
    )
    css = {"held": "fill", "ahead": "dash", "missed": "miss"}[slot.state]
    drawing = pen.path(shape, css)
    if slot.state == "missed":
        x, y = pen.on_circle(_C, _C, (outer + inner) / 2, first + 13)
        cross = f"M{pen.num(x - 6)} {pen.num(y - 6)}l12 12m0-12l-12 12"
        drawing += pen.path(cross, "miss")
    return drawing

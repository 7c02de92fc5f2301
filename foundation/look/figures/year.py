"""The sessions of a year on one line: filled was held, ring is planned, the bar is today.

Months stand below as initials, dates above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.look.figures import pen

_LEFT, _RIGHT, _AXIS = 8.0, 412.0, 56.0
_LABEL = 58.0  # the width that a date like "17. Dez." needs


@dataclass(frozen=True)
class Session:
    """A day of the year, its short text, and whether it was held."""

    day: date
    text: str
    held: bool


def strip(
    year: int,
    sessions: Sequence[Session],
    today: date | None,
    initials: Sequence[str],
    now: str,
    label: str,
) -> str:
    """The line of `year`; `today` only shows when it lies in the year."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)

    def at(day: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (day - first).days / (last - first).days

    ticks = [at(date(year, month, 1)) for month in range(1, 13)] + [_RIGHT]
    marks = "".join(f"M{pen.num(x)} {pen.num(_AXIS - 4)}v8" for x in ticks)
    parts = [pen.path(f"M{_LEFT} {_AXIS}H{_RIGHT}{marks}", "hair")]
    for month, initial in enumerate(initials):
        parts.append(pen.words((ticks[month] + ticks[month + 1]) / 2, _AXIS + 30, initial, "m c"))
    here = at(today) if today is not None and today.year == year else None
    beside = None if here is None else _nearest(here, [at(session.day) for session in sessions])
    if here is not None:
        parts.append(pen.path(f"M{pen.num(here)} 20V{_AXIS + 10}", "line"))
        parts.append(_beside_today(here, now, "", beside))
    taken = None
    for session in reversed(sessions):
        x = at(session.day)
        parts.append(pen.circle(x, _AXIS, 8, "fill" if session.held else "ring"))
        weight = "" if session.held else "b "
        if here is not None and x == beside:
            parts.append(_beside_today(here, session.text, weight, 2 * here - x))
        else:
            spot = min(max(x, 24), 396)
            # Two sessions close together: the earlier one's date goes one line up.
            crowded = taken is not None and taken - spot < _LABEL
            # Today's line ends behind a date that it would cross.
            height, css = 14 if crowded else _AXIS - 18, f"{weight}c over"
            parts.append(pen.words(spot, height, session.text, css))
            taken = None if crowded else spot
    return pen.frame((0, 0, 420, 92), parts, label)


def _nearest(here: float, marks: Sequence[float]) -> float | None:
    """The session mark whose label would touch today's line, if any."""
    close = [x for x in marks if abs(x - here) < 40]
    return min(close, key=lambda x: abs(x - here)) if close else None


def _beside_today(here: float, text: str, weight: str, other: float | None) -> str:
    """`text` above today's line: centred, or on the far side from `other`."""
    if other is None:
        return pen.words(min(max(here, 22), 398), 14, text, f"{weight}c")
    if other >= here:
        return pen.words(here - 6, 14, text, f"{weight}e")
    return pen.words(here + 6, 14, text, weight.strip())

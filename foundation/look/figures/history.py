"""What happened when, as precisely as the sources tell: dot a day, bar a month, dashes a season.

Entries without a known time stay off the axis; the list below names them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from foundation.look.figures import pen

PRECISIONS: Final = ("day", "month", "season", "not")
_LEFT, _RIGHT = 30.0, 850.0


@dataclass(frozen=True)
class Entry:
    """`precision` is one of PRECISIONS; `not` = did not take place, drawn only in the list."""

    when: str
    what: str
    precision: str
    start: date | None = None
    end: date | None = None
    url: str = ""
    note: str = ""


def axis(entries: Sequence[Entry]) -> str:
    """The axis over whole years; empty when no entry has a time. Decoration beside the list."""
    timed = [entry for entry in entries if entry.start is not None and entry.precision != "not"]
    if not timed:
        return ""
    starts = [entry.start for entry in timed if entry.start is not None]
    ends = [entry.end or entry.start for entry in timed if entry.start is not None]
    first = date(min(starts).year, 1, 1)
    last = date(max(day for day in ends if day is not None).year + 1, 1, 1)

    def at(day: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (day - first).days / (last - first).days

    parts = [pen.path(f"M{_LEFT} 44H{_RIGHT}", "hair")]
    every = max(1, -(-(last.year - first.year) // 8))
    for year in range(first.year, last.year + 1):
        parts.append(pen.path(f"M{pen.num(at(date(year, 1, 1)))} 38V50", "hair"))
        if year < last.year and (year - first.year) % every == 0:
            parts.append(pen.words(at(date(year, 1, 1)) + 6, 70, str(year), "m"))
    last_label = -100.0
    for number, entry in enumerate(entries, start=1):
        if entry.start is None or entry.precision == "not":
            continue
        x, to = at(entry.start), at(entry.end or entry.start)
        parts.append(_mark(entry.precision, x, to))
        middle = max((x + to) / 2, last_label + 16)
        parts.append(pen.words(middle, 26, str(number), "b c"))
        last_label = middle
    return pen.frame((0, 0, 880, 80), parts)


def _mark(precision: str, x: float, to: float) -> str:
    if precision == "day":
        return pen.circle(x, 44, 7, "fill")
    width = max(to - x, 14)
    css, top, height = ("fill", 37, 14) if precision == "month" else ("dash", 38, 12)
    return (
        f'<rect class="{css}" x="{pen.num(x)}" y="{top}" width="{pen.num(width)}" '
        f'height="{height}" rx="{height // 2}"/>'
    )

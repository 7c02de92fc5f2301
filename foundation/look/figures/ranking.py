"""A ranking of topics: rank before the name, a bar below it, its points at the end.

Ranks are written out, for equal ones share a place and bars alone would not say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.look.figures import pen

LEFT, RIGHT, STEP = 52.0, 560.0, 60.0
LONGEST = 62


@dataclass(frozen=True)
class Row:
    """One topic; `text` is its value in the reader's figures, `voices` how many marked it."""

    rank: int
    name: str
    value: float
    text: str
    voices: int


def draw(rows: Sequence[Row], label: str) -> str:
    """All rows below each other on one scale that ends at the highest value."""
    top = max((row.value for row in rows), default=0) or 1
    parts = []
    for index, row in enumerate(rows):
        y = index * STEP
        width = (RIGHT - LEFT) * row.value / top
        name = row.name if len(row.name) <= LONGEST else f"{row.name[: LONGEST - 1]}…"
        parts.append(pen.words(LEFT - 14, y + 42, str(row.rank), "t21 e"))
        parts.append(pen.words(LEFT, y + 18, name))
        parts.append(pen.path(f"M{pen.num(LEFT)} {pen.num(y + 36)}H{pen.num(RIGHT)}", "faint"))
        if row.value:
            parts.append(
                f'<rect class="fill" x="{pen.num(LEFT)}" y="{pen.num(y + 28)}"'
                f' width="{pen.num(max(width, 3))}" height="16"/>'
            )
        parts.append(pen.words(RIGHT + 14, y + 42, row.text, "b"))
    return pen.frame((0, 0, 640, max(len(rows) * STEP - 4, 1)), parts, label)

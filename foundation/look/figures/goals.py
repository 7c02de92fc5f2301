"""One goal on a line: ring where it began, dot today, triangle where it should be, bar the goal.

Less can be better: the line always runs from the start on the left to the goal on the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.look.figures import pen


@dataclass(frozen=True)
class Point:
    """What was measured on a day."""

    on: date
    value: float


@dataclass(frozen=True)
class Goal:
    """Values in one unit; `today` and `plan` may be unknown (None), `course` goes oldest first.

    `since` is the day of the baseline, `due` the day on which the target is to be reached.
    """

    title: str
    note: str
    baseline: float
    target: float
    today: float | None = None
    plan: float | None = None
    course: Sequence[Point] = ()
    since: date | None = None
    due: date | None = None


@dataclass(frozen=True)
class Words:
    """The labels on the figure, with the value in them: "heute 14"."""

    baseline: str
    target: str
    today: str = ""
    plan: str = ""


def chart(goal: Goal, words: Words, label: str) -> str:
    """The line of one goal; labels step aside where two values lie close together."""
    span = (goal.target - goal.baseline) or 1.0
    inner = [value for value in (goal.today, goal.plan) if value is not None]
    parts_of_way = [0.0, 1.0, *((value - goal.baseline) / span for value in inner)]
    low, high = min(parts_of_way), max(parts_of_way)

    def at(value: float) -> float:
        way = (value - goal.baseline) / span
        return 30 + 354 * (way - low) / ((high - low) or 1.0)

    start, end = at(goal.baseline), at(goal.target)
    parts = [pen.path("M10 50H430", "hair")]
    if goal.today is not None:
        parts.append(pen.path(f"M{pen.num(start)} 50H{pen.num(at(goal.today))}", "main"))
    parts.append(pen.path(f"M{pen.num(end)} 34V66", "line"))
    below = [(start, words.baseline, "m"), (end, words.target, "")]
    if goal.plan is not None:
        x = at(goal.plan)
        parts.append(pen.path(f"M{pen.num(x)} 57l7 11h-14z", "ink"))
        below.insert(1, (x, words.plan, "m"))
    parts.append(pen.circle(start, 50, 7, "ring"))
    if goal.today is not None:
        parts.append(pen.circle(at(goal.today), 50, 10, "fill"))
        parts.append(pen.words(at(goal.today), 26, words.today, "b c"))
    parts += _labels(sorted(below))
    return pen.frame((0, 0, 440, 96), parts, label)


def _labels(below: list[tuple[float, str, str]]) -> list[str]:
    """Labels under the axis: centred, moved apart so that none touches its neighbour."""
    widths = [len(text) * 8.2 for _, text, _ in below]
    middles = [x for x, _, _ in below]
    for index in range(1, len(below)):
        gap = middles[index] - middles[index - 1] - (widths[index] + widths[index - 1]) / 2 - 8
        if gap < 0:
            middles[index - 1] += gap / 2
            middles[index] -= gap / 2
    return [
        pen.words(middle, 90, text, f"{css} c".strip())
        for middle, (_, text, css) in zip(middles, below, strict=True)
    ]

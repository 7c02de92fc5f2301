"""One goal over time: ring where it began, a dot for each value, the goal as a bar at its day.

Dashes are the steady way from start to goal, with a triangle where it should be today.
Time runs to the right, values upwards.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from foundation.look.figures import goals, pen

_LEFT, _RIGHT, _TOP, _BOTTOM = 30.0, 400.0, 40.0, 140.0
# A letter of the labels is about this wide.
_LETTER: Final = 8.2


@dataclass(frozen=True)
class Words:
    """The labels on the figure: values at start and goal, the newest value, first and last day."""

    baseline: str
    target: str
    newest: str
    first_day: str
    last_day: str


def is_drawable(goal: goals.Goal) -> bool:
    """Whether there are two days at least between which a curve can run."""
    known = {point.on for point in goal.course} | ({goal.since} if goal.since else set())
    return bool(goal.course) and len(known) > 1


def days_of(goal: goals.Goal) -> tuple[date, date]:
    """The first and the last day on the axis."""
    days = [point.on for point in goal.course]
    days += [day for day in (goal.since, goal.due) if day is not None]
    return min(days), max(days)


def curve(goal: goals.Goal, words: Words, label: str) -> str:
    """The values of one goal over time; `is_drawable` must hold."""
    first, last = days_of(goal)
    values = [goal.baseline, goal.target, *(point.value for point in goal.course)]
    low, high = min(values), max(values)

    def x(day: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (day - first).days / ((last - first).days or 1)

    def y(value: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (value - low) / ((high - low) or 1.0)

    start, end = x(goal.since or first), x(goal.due or last)
    n = pen.num
    parts = [pen.path("M10 156H430", "hair")]
    if goal.since and goal.due:
        line = f"M{n(start)} {n(y(goal.baseline))}L{n(end)} {n(y(goal.target))}"
        parts.append(pen.path(line, "ahead"))
        if goal.plan is not None and goal.target != goal.baseline:
            way_gone = (goal.plan - goal.baseline) / (goal.target - goal.baseline)
            at = start + (end - start) * way_gone
            parts.append(pen.path(f"M{n(at)} {n(y(goal.plan) + 3)}l7 11h-14z", "ink"))
    measured = [(x(point.on), y(point.value)) for point in goal.course]
    way = [(start, y(goal.baseline)), *measured] if goal.since else measured
    parts.append(pen.path("M" + "L".join(pen.point(each) for each in way), "main"))
    parts.append(pen.path(f"M{n(end)} {n(y(goal.target) - 14)}v28", "line"))
    if goal.since:
        parts.append(pen.circle(start, y(goal.baseline), 7, "ring"))
    parts += [pen.circle(*each, 5, "fill") for each in measured[:-1]]
    parts.append(pen.circle(*measured[-1], 10, "fill"))
    parts += _labels(goal, words, start, y(goal.baseline), end, y(goal.target), measured[-1])
    return pen.frame((0, 0, 440, 184), parts, label)


def _labels(
    goal: goals.Goal,
    words: Words,
    start: float,
    from_y: float,
    end: float,
    to_y: float,
    newest: tuple[float, float],
) -> list[str]:
    """Days below the axis; values beside their signs, on the side where the curve is not."""
    rises = goal.target >= goal.baseline
    half = len(words.target) * _LETTER / 2
    parts = [
        pen.words(10, 176, words.first_day, "m"),
        pen.words(430, 176, words.last_day, "m e"),
        pen.words(min(end, 436 - half), to_y - 20 if rises else to_y - 22, words.target, "c"),
    ]
    if goal.since:
        parts.append(pen.words(start - 7, from_y - 14, words.baseline, "m"))
    half = len(words.newest) * _LETTER / 2
    at, height = newest
    parts.append(pen.words(max(at, start + 24 + half), height - 16, words.newest, "b c"))
    return parts

"""The weights behind the solver's decimals, as exact fractions.
Types with the same chance have exactly the same chance; that and the sum 1 fix the weights.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from circles.quotas.instance import Instance
from circles.quotas.leximin import Weighed

_SAME = 1e-7  # chances closer than this are one level
_FAR = 1e-6
_AT_MOST = 40  # unknowns; beyond, the fractions grow longer than anybody can read


def exact_weights(instance: Instance, weighed: Weighed) -> list[Fraction] | None:
    """The weight of each panel, or None where they are too many or not fixed by the levels."""
    panels = [[int(count) for count in panel] for panel in weighed.panels]
    if len(panels) > _AT_MOST:
        return None
    found = _solution([[1] * len(panels) + [1], *_levels(instance, weighed, panels)])
    if found is not None and _is_near(found, weighed.weights.tolist()):
        return found
    kept = weighed.weights >= _FAR  # a panel may be there only because of the solver's decimals
    if kept.all():
        return None
    fewer = exact_weights(instance, Weighed(weighed.panels[kept], weighed.weights[kept]))
    if fewer is None:
        return None
    rest = iter(fewer)
    return [next(rest) if there else Fraction(0) for there in kept.tolist()]


def _is_near(found: list[Fraction], about: list[float]) -> bool:
    pairs = zip(found, about, strict=True)
    return all(exact >= 0 and abs(float(exact) - near) < _FAR for exact, near in pairs)


def _levels(instance: Instance, weighed: Weighed, panels: list[list[int]]) -> list[list[int]]:
    """One equation for each two types of one level: coefficients per panel, then 0."""
    seats = (weighed.weights @ weighed.panels).tolist()
    about = [has / size for has, size in zip(seats, instance.sizes, strict=True)]
    equations = []
    for a, b in pairwise(sorted(range(len(about)), key=about.__getitem__)):
        if about[b] - about[a] < _SAME:
            sizes = instance.sizes[a], instance.sizes[b]
            row = [panel[a] * sizes[1] - panel[b] * sizes[0] for panel in panels]
            equations.append([*row, 0])
    return equations


def _solution(equations: list[list[int]]) -> list[Fraction] | None:
    """What solves all equations (the last number is the right side), if exactly one thing does."""
    rows = [[Fraction(number) for number in row] for row in equations]
    width = len(rows[0]) - 1
    for column in range(width):
        pivot = next((at for at in range(column, len(rows)) if rows[at][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column] = [number / rows[column][column] for number in rows[column]]
        for at, row in enumerate(rows):
            if at != column and (factor := row[column]):
                rows[at] = [x - factor * y for x, y in zip(row, head, strict=True)]
    if any(row[-1] for row in rows[width:]):
        return None
    return [row[-1] for row in rows[:width]]

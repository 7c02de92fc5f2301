"""From weights to the published file: whole weights that sum to M, and what chance each type has.
Everything here is exact; the file is what counts, not the solver's numbers behind it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from circles.lottery import LotteryRows
from circles.quotas.exact import exact_weights
from circles.quotas.instance import Instance
from circles.quotas.leximin import Weighed

TOTAL = 1_000_000


def published(instance: Instance, weighed: Weighed, *, total: int, draw: str) -> LotteryRows:
    """`lottery.txt`: the weights by largest remainder as whole parts of `total` (los1 section 3).

    A panel whose part comes to 0 is left out. Equal remainders go to the smaller count vector.
    """
    exact = exact_weights(instance, weighed)
    if exact is None:  # four decimals of a part: beyond is noise of the solver
        about = [round(weight * total, 4) for weight in weighed.weights.tolist()]
        exact = [Fraction(part) / total for part in about]
    found = sorted(
        (tuple(int(count) for count in panel), weight * total)
        for panel, weight in zip(weighed.panels, exact, strict=True)
    )
    weights = [math.floor(part) for _panel, part in found]
    largest = sorted(range(len(found)), key=lambda at: (weights[at] - found[at][1], at))
    short = total - sum(weights)
    for at in largest[:short] if short >= 0 else largest[short:]:
        weights[at] += 1 if short > 0 else -1
    panels = [panel for panel, _part in found]
    rows = tuple((n, panel) for n, panel in zip(weights, panels, strict=True) if n > 0)
    return LotteryRows(draw, total, instance.types, instance.quotas, rows)


def chances(instance: Instance, rows: LotteryRows) -> dict[str, Fraction]:
    """By type, the exact chance of each of its people; over all people they sum to the seats."""
    return {
        name: Fraction(sum(weight * panel[at] for weight, panel in rows.rows), rows.total * size)
        for at, (name, size) in enumerate(zip(instance.types, instance.sizes, strict=True))
    }


@dataclass(frozen=True)
class Figures:
    """How even the chances of all people are: lowest, highest, Gini, geometric mean."""

    lowest: Fraction
    highest: Fraction
    gini: float
    geometric_mean: float

    @property
    def ratio(self) -> Fraction | None:
        """Highest over lowest chance; None when somebody has no chance at all."""
        return self.highest / self.lowest if self.lowest else None


def figures(instance: Instance, by_type: Mapping[str, Fraction]) -> Figures:
    """The figures of these chances, each type counted as often as it has people."""
    known = sorted(
        (by_type[name], size) for name, size in zip(instance.types, instance.sizes, strict=True)
    )
    people, seats = instance.people, sum(chance * size for chance, size in known)
    before, uneven = 0, Fraction(0)
    for chance, size in known:
        # Each pair of people once: how many stand below this type minus how many above.
        uneven += chance * size * (before - (people - before - size))
        before += size
    mean = 0.0
    if known[0][0]:
        mean = math.exp(sum(size * math.log(chance) for chance, size in known) / people)
    return Figures(known[0][0], known[-1][0], float(uneven / (people * seats)), mean)

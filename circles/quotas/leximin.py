"""The fairest weights: the lowest chance as high as can be, then the next lowest, and so on.
Exact over all panels; types stand for people, because alike people are interchangeable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from circles.quotas.instance import Instance
from circles.quotas.mixture import CLOSE, Balance, Mixture, airier
from circles.quotas.panels import Matrix, Panels, Searched, Vector, panels_of, polytope
from circles.quotas.solver import solve

Cut = tuple[Vector, float]  # with seats worth so much, no panel is worth more than that
_CUTS = 40
_PRICED = 0.01  # of the even price: from here on a type cannot get more


@dataclass(frozen=True)
class Weighed:
    """Panels, one a row, and the weight of each; the weights are positive and sum to 1."""

    panels: Matrix
    weights: Vector


def leximin(instance: Instance) -> Weighed:
    """Maximise the lowest chance, then the next lowest …; NoPanel if no panel keeps all quotas."""
    return _fairest(instance, every_stage=True)


def maximin(instance: Instance) -> Weighed:
    """Maximise the lowest chance only; NoPanel if no panel keeps all quotas."""
    return _fairest(instance, every_stage=False)


def _fairest(instance: Instance, *, every_stage: bool) -> Weighed:
    panels = panels_of(instance)
    sizes = np.array(instance.sizes, dtype=np.float64)
    even = sizes * instance.seats / instance.people  # seats per type if all had the same chance
    mixture = Mixture(len(sizes))
    mixture.add(panels.best(np.zeros(len(sizes))))
    if isinstance(panels, Searched):
        aimed = _aimed(mixture, panels, instance, even)
        if aimed is not None:
            return _weighed(mixture, aimed)
    mixture.demand(np.zeros(len(sizes)), even)
    found = mixture.settle(panels)
    if every_stage:
        found = _stages(mixture, panels, even, found)
    return _weighed(mixture, found)


def _stages(mixture: Mixture, panels: Panels, even: Vector, found: Balance) -> Balance:
    """Hold what cannot rise, raise the others, until nothing can rise."""
    floor, share = np.zeros(len(even)), even.copy()
    while True:
        held = found.prices * share >= _PRICED / np.count_nonzero(share)
        floor[held] = found.level * even[held]
        share[held] = 0.0
        if not share.any():
            return found
        mixture.demand(floor, share)
        found = mixture.settle(panels)


def relaxed(instance: Instance, even: Vector, cuts: Sequence[Cut] = ()) -> Vector:
    """The fairest seats per type if people could be divided: no weights do better (leximin)."""
    model, width = polytope(instance), len(even)
    first = 1 + len(instance.quotas) + len(cuts)
    for worth, most in cuts:
        some = np.flatnonzero(worth).astype(np.int32)
        model.addRow(-highspy.kHighsInf, most, len(some), some, worth[some])
    model.addCol(0.0, 0.0, highspy.kHighsInf, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
    for at in range(width):
        pair = np.array([at, width], dtype=np.int32)
        model.addRow(0.0, highspy.kHighsInf, 2, pair, np.array([1.0, -even[at]]))
    model.changeColCost(width, 1.0)
    model.setOptionValue("presolve", "off")
    free, floor, slack = np.ones(width, dtype=bool), np.zeros(width), 1e-10
    while free.any():
        if not solve(model):
            # Held numbers are optimal only up to rounding; together they may need a little air.
            slack = airier(slack)
            for at in np.flatnonzero(~free).tolist():
                model.changeRowBounds(first + at, floor[at] - slack, highspy.kHighsInf)
            continue
        solution = model.getSolution()
        level = solution.col_value[width]
        prices = np.abs(np.array(solution.row_dual)[first:]) * even * free
        held = np.flatnonzero(prices >= _PRICED * prices.sum() / np.count_nonzero(free))
        for at in held.tolist():
            floor[at] = level * even[at]
            model.changeCoeff(first + at, width, 0.0)
            model.changeRowBounds(first + at, floor[at] - slack, highspy.kHighsInf)
        free[held] = False
    return np.array(solution.col_value)[:width]


def _aimed(mixture: Mixture, panels: Searched, instance: Instance, even: Vector) -> Balance | None:
    """The fairest weights by aiming at what divided people would get, or None if that drags on.

    Where no weights give each type that much, the prices say what panels are worth at most. That
    cuts the target off and nothing that weights can reach; the next target is fairest among the
    rest.
    """
    cuts: list[Cut] = []
    while len(cuts) < _CUTS:
        target = relaxed(instance, even, cuts)
        if not cuts:
            mixture.add(np.array(list(_parts(panels, target))).reshape(-1, len(target)))
        mixture.demand(np.zeros(len(target)), target)
        found = mixture.settle(panels, at_most=1.0)
        if found.level >= 1 - CLOSE:
            return found
        cuts.append((found.prices, found.level))
    return None


def _parts(panels: Searched, target: Vector) -> Iterator[Vector]:
    """Panels near the target that make it up: each time the largest possible part is taken off."""
    low, high = np.floor(target + 1e-7), np.ceil(target - 1e-7)
    sums = panels.counted @ target
    least, most = np.floor(sums + 1e-7), np.ceil(sums - 1e-7)
    left, rest = target.copy(), 1.0
    for _turn in range(2 * len(target)):
        panel = panels.nearest(left)
        if panel is None:
            return
        yield panel
        room = np.concatenate(
            [
                _room(left, panel, low, high),
                _room(panels.counted @ left, panels.counted @ panel, least, most),
            ]
        )
        part = float(room.min(initial=1.0))
        rest *= 1 - part
        if rest < 1e-7 or part <= 0:
            return
        left = np.clip((left - part * panel) / (1 - part), low, high)


def _room(left: Vector, taken: Vector, low: Vector, high: Vector) -> Vector:
    """How large a part may be until a number reaches the bound it was not rounded to."""
    return np.where(high <= low, 1.0, np.where(taken >= high, left - low, high - left))


def _weighed(mixture: Mixture, found: Balance) -> Weighed:
    used = found.weights > 1e-12
    return Weighed(mixture.panels[used], found.weights[used] / found.weights[used].sum())

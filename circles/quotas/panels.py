"""Panels: the ways to fill the seats, as people per type, that keep every quota.
Few of them are listed all; of many, an integer programme finds the one worth most.
"""

from __future__ import annotations

from typing import Protocol

import highspy
import numpy as np
from numpy.typing import NDArray

from circles.quotas.instance import Instance
from circles.quotas.solver import solve, solver

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]  # one panel a row
LISTED_AT_MOST = 2_000_000  # numbers: panels times types
_ERROR_FREE = 1e-9


class NoPanel(Exception):
    """No choice of people keeps every quota."""


class Panels(Protocol):
    """The feasible panels, seen through one question."""

    def best(self, worth: Vector) -> Matrix:
        """Panels worth most when a seat for type t is worth worth[t]; the first is the best."""


def panels_of(instance: Instance) -> Panels:
    """The panels of this instance, listed if they are few; NoPanel if there are none."""
    found = every_panel(instance, LISTED_AT_MOST // len(instance.types))
    if found is None:
        return Searched(instance)
    if not len(found):
        raise NoPanel
    return Listed(found)


def quota_matrix(instance: Instance) -> Matrix:
    """One row per quota: 1 where the quota counts a type."""
    matrix = np.zeros((len(instance.quotas), len(instance.types)))
    for row, quota in enumerate(instance.quotas):
        matrix[row, instance.concerned(quota)] = 1
    return matrix


def every_panel(instance: Instance, at_most: int) -> Matrix | None:
    """All panels, or None when there are more than `at_most` of them (or of their beginnings)."""
    counted = quota_matrix(instance).astype(np.int64)
    least = np.array([quota.least for quota in instance.quotas], dtype=np.int64)
    most = np.array([quota.most for quota in instance.quotas], dtype=np.int64)
    sizes = np.minimum(instance.sizes, instance.seats)
    places = np.array([quota.attribute for quota in instance.quotas], dtype=np.int64)
    begun: NDArray[np.int64] = np.zeros((1, 0), dtype=np.int64)
    left: NDArray[np.int64] = np.full(1, instance.seats)
    seated: NDArray[np.int64] = np.zeros((1, len(least)), dtype=np.int64)
    for at, size in enumerate(sizes.tolist()):
        if len(begun) * (size + 1) > 10 * at_most:
            return None
        origin = np.repeat(np.arange(len(begun)), size + 1)
        takes = np.tile(np.arange(size + 1), len(begun))
        left = left[origin] - takes
        seated = seated[origin] + np.outer(takes, counted[:, at])
        room = (counted[:, at + 1 :] * sizes[at + 1 :]).sum(axis=1)
        missing = np.maximum(least - seated, 0)
        fits = (left >= 0) & (left <= sizes[at + 1 :].sum()) & (seated <= most).all(axis=1)
        fits &= (missing <= np.minimum(room, left[:, None])).all(axis=1)
        for attribute in set(places.tolist()):  # its values are different people
            fits &= missing[:, places == attribute].sum(axis=1) <= left
        left, seated = left[fits], seated[fits]
        if len(left) > at_most:
            return None
        begun = np.column_stack([begun[origin[fits]], takes[fits]])
    return begun.astype(np.float64)


class Listed:
    """All panels in one matrix."""

    def __init__(self, panels: Matrix) -> None:
        self.panels = panels

    def best(self, worth: Vector) -> Matrix:
        scores = self.panels @ worth
        few = np.argsort(-scores, kind="stable")[:6] if len(scores) <= 64 else _top(scores, 6)
        return self.panels[few]


def _top(scores: Vector, number: int) -> NDArray[np.int64]:
    few = np.argpartition(-scores, number)[:number]
    return few[np.argsort(-scores[few], kind="stable")]


def polytope(instance: Instance) -> highspy.Highs:
    """A solver that knows seats, sizes and quotas: row 0 the seats, then the quotas."""
    found = solver(
        primal_feasibility_tolerance=_ERROR_FREE,
        dual_feasibility_tolerance=_ERROR_FREE,
        mip_feasibility_tolerance=_ERROR_FREE,
        mip_rel_gap=0.0,
        mip_abs_gap=1e-8,
    )
    width = len(instance.types)
    found.addVars(width, np.zeros(width), np.array(instance.sizes, dtype=np.float64))
    everybody = np.arange(width, dtype=np.int32)
    found.addRow(instance.seats, instance.seats, width, everybody, np.ones(width))
    for quota in instance.quotas:
        some = np.array(instance.concerned(quota), dtype=np.int32)
        found.addRow(quota.least, quota.most, len(some), some, np.ones(len(some)))
    return found


class Searched:
    """Too many panels to list; each question is an integer programme."""

    def __init__(self, instance: Instance) -> None:
        self.sizes = np.array(instance.sizes, dtype=np.float64)
        self.width = len(instance.types)
        self.every = np.arange(self.width, dtype=np.int32)
        self.solver = polytope(instance)
        kinds = np.full(self.width, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self.solver.changeColsIntegrality(self.width, self.every, kinds)
        self.quotas = instance.quotas
        self.counted = quota_matrix(instance)
        self.best(np.zeros(self.width))

    def best(self, worth: Vector) -> Matrix:
        scale = float(np.abs(worth).max()) or 1.0
        self.solver.changeColsCost(self.width, self.every, worth / scale)
        if not solve(self.solver):
            raise NoPanel
        return np.rint(np.array([self.solver.getSolution().col_value]))

    def nearest(self, target: Vector) -> Vector | None:
        """A panel that rounds every number of `target`, and every quota's sum, up or down.

        None if there is none. It takes the nearer number where it can.
        """
        low, high = np.floor(target + 1e-7), np.ceil(target - 1e-7)
        sums = self.counted @ target
        self._bound(low, high, np.floor(sums + 1e-7), np.ceil(sums - 1e-7))
        self.solver.setOptionValue("mip_rel_gap", 0.2)  # near is near enough
        try:
            return self.best(target - low - 0.5)[0]
        except NoPanel:
            return None
        finally:
            self.solver.setOptionValue("mip_rel_gap", 0.0)
            least = np.array([float(quota.least) for quota in self.quotas])
            most = np.array([float(quota.most) for quota in self.quotas])
            self._bound(np.zeros(self.width), self.sizes, least, most)

    def _bound(self, low: Vector, high: Vector, least: Vector, most: Vector) -> None:
        self.solver.changeColsBounds(self.width, self.every, low, high)
        for row, (lower, upper) in enumerate(zip(least, most, strict=True), 1):
            self.solver.changeRowBounds(row, lower, upper)

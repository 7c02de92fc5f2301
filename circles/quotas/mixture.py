"""A mixture of panels: with which weight each is drawn so that the worst-off type gets most.
A linear programme over the panels known so far; its prices say which panel is still missing.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from circles.quotas.panels import Matrix, Panels, Vector
from circles.quotas.solver import solve, solver

CLOSE = 1e-8  # levels are about 1, so this is a part in a hundred million


def airier(slack: float) -> float:
    """Ten times the slack, for numbers of seats; ArithmeticError when that would be felt."""
    if slack > CLOSE * 10:
        raise ArithmeticError("the solver finds no weights although there are some")
    return slack * 10


@dataclass(frozen=True)
class Balance:
    """The best level reached, its prices, the weights and what each type gets of the seats."""

    level: float
    prices: Vector
    weights: Vector
    seats: Vector


class Mixture:
    """Weights over known panels; type t must get `floor[t] + level * share[t]` seats."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.known: set[bytes] = set()
        self.panels: Matrix = np.zeros((0, width))
        self.floor = np.zeros(width)
        self.share = np.ones(width)
        self.slack = 1e-10
        self.solver = solver(
            presolve="off",  # it would throw away the last basis
            primal_feasibility_tolerance=1e-10,
            dual_feasibility_tolerance=1e-10,
        )
        nothing = np.zeros(0, dtype=np.int32)
        for _type in range(width):
            self.solver.addRow(0.0, highspy.kHighsInf, 0, nothing, np.zeros(0))
        self.solver.addRow(1.0, 1.0, 0, nothing, np.zeros(0))
        every = np.arange(width, dtype=np.int32)
        self.solver.addCol(1.0, 0.0, highspy.kHighsInf, width, every, -self.share)

    def demand(self, floor: Vector, share: Vector) -> None:
        """Ask for other numbers of seats from now on; the known panels stay."""
        for at in np.flatnonzero(share != self.share):
            self.solver.changeCoeff(int(at), 0, -float(share[at]))
        self.floor, self.share = floor.copy(), share.copy()
        self._hold()

    def _hold(self) -> None:
        # Held numbers are optimal only up to rounding; together they may need a little air.
        for at, least in enumerate(np.maximum(self.floor - self.slack, 0.0).tolist()):
            self.solver.changeRowBounds(at, least, highspy.kHighsInf)

    def add(self, panels: Matrix) -> int:
        """Take in those of the panels that are not known yet; how many they were."""
        fresh = []
        for panel in panels:
            name = panel.astype(np.int32).tobytes()
            if name not in self.known:
                self.known.add(name)
                fresh.append(panel)
                some = np.flatnonzero(panel)
                index = np.append(some, self.width).astype(np.int32)
                worth = np.append(panel[some], 1.0)
                self.solver.addCol(0.0, 0.0, highspy.kHighsInf, len(index), index, worth)
        if fresh:
            self.panels = np.vstack([self.panels, *fresh])
        return len(fresh)

    def balance(self) -> Balance:
        """The best weights of the known panels."""
        while not solve(self.solver):
            self.slack = airier(self.slack)
            self._hold()
        solution = self.solver.getSolution()
        columns = np.array(solution.col_value)
        prices = np.maximum(-np.array(solution.row_dual)[: self.width], 0.0)
        prices /= (prices @ self.share) or 1.0
        weights = np.maximum(columns[1:], 0.0)
        weights /= weights.sum()
        return Balance(float(columns[0]), prices, weights, weights @ self.panels)

    def settle(self, panels: Panels, *, at_most: float = np.inf) -> Balance:
        """The best weights of all panels: missing ones are taken in until none is worth it.

        `at_most` is a level that no weights exceed; reaching it needs no further proof.
        """
        while True:
            found = self.balance()
            if found.level >= at_most - CLOSE:
                return found
            missing = panels.best(found.prices)
            bound = float(missing[0] @ found.prices - self.floor @ found.prices)
            if bound <= found.level + CLOSE or not self.add(missing):
                return found

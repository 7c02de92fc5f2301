"""Quotas that nobody can keep together: the smallest change of limits with which it works.
Small means few people more or fewer in all, then few limits touched.
"""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from circles.lottery import Quota
from circles.quotas.instance import Instance
from circles.quotas.panels import polytope
from circles.quotas.solver import solve


def relaxed_quotas(instance: Instance) -> list[tuple[Quota, Quota]]:
    """Pairs (as asked, as possible) of the quotas to change; empty if all can be kept.

    There is always one: without limits any people can be seated.
    """
    model, inf = polytope(replace(instance, quotas=())), highspy.kHighsInf
    whole = list(range(len(instance.types)))
    price = float(2 * len(instance.quotas) + 1)
    moves: list[tuple[int, int]] = []
    for quota in instance.quotas:
        some = instance.concerned(quota)
        down = _limit(model, quota.least, price)
        up = _limit(model, max(instance.seats - quota.most, 0), price)
        for own, sign, low, high in ((down, 1.0, quota.least, inf), (up, -1.0, -inf, quota.most)):
            index = np.array([*some, own], dtype=np.int32)
            model.addRow(low, high, len(index), index, np.append(np.ones(len(some)), sign))
        moves.append((down, up))
        whole += [down, down + 1, up, up + 1]
    every = np.array(whole, dtype=np.int32)
    kinds = np.full(len(whole), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    model.changeColsIntegrality(len(whole), every, kinds)
    if not solve(model):
        raise ArithmeticError("no limits at all cannot be kept")
    value = model.getSolution().col_value
    found = (
        (
            quota,
            quota._replace(
                least=quota.least - round(value[down]), most=quota.most + round(value[up])
            ),
        )
        for quota, (down, up) in zip(instance.quotas, moves, strict=True)
    )
    return [(asked, possible) for asked, possible in found if asked != possible]


def _limit(model: highspy.Highs, most: int, price: float) -> int:
    """Two columns: by how many a limit moves (0 to `most`), and whether it moves. The first's."""
    at = int(model.getNumCol())
    model.addVars(2, np.zeros(2), np.array([float(most), 1.0]))
    model.changeColCost(at, -price)  # the solver maximises
    model.changeColCost(at + 1, -1.0)
    pair = np.array([at, at + 1], dtype=np.int32)
    model.addRow(-highspy.kHighsInf, 0.0, 2, pair, np.array([1.0, -float(most)]))
    return at

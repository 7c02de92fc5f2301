"""An instance as a JSON file: types with their sizes, quotas, seats, total, objective.
Whatever is wrong with it is said in one sentence.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from circles.lottery import MOST_TOTAL, Quota
from circles.quotas.chances import TOTAL
from circles.quotas.instance import BadInstance, Instance, instance

OBJECTIVES = ("leximin", "maximin")
DEEPEST = 16
_KEYS = {"types", "quotas", "seats", "total", "objective"}


@dataclass(frozen=True)
class Order:
    """What is to be computed: the instance, whole weights summing to `total`, the objective."""

    instance: Instance
    total: int
    objective: str


def read(text: str) -> Order:
    """The order written in this JSON; BadInstance if it is not one."""
    if _depth(text) > DEEPEST:
        raise BadInstance("The file is not an instance: it is nested too deeply.")
    try:
        data = json.loads(text, object_pairs_hook=_unique)
    except ValueError as fault:
        raise BadInstance(f"The file is not JSON: {fault}.") from None
    if not isinstance(data, dict):
        raise BadInstance('The file must hold an object with "types", "quotas" and "seats".')
    for key in sorted(data.keys() - _KEYS):
        raise BadInstance(f'There is no "{key}" in an instance; it may hold {_listed(_KEYS)}.')
    for key in ("types", "seats"):
        if key not in data:
            raise BadInstance(f'"{key}" is missing.')
    types = data["types"]
    if not isinstance(types, dict):
        raise BadInstance('"types" must be an object such as {"f|young": 12}.')
    sizes = {name: _whole(size, f'the size of type "{name}"') for name, size in types.items()}
    total = _whole(data.get("total", TOTAL), '"total"')
    if not 1 <= total <= MOST_TOTAL:
        raise BadInstance(f'"total" is {total}; it must lie between 1 and {MOST_TOTAL}.')
    objective = data.get("objective", OBJECTIVES[0])
    if objective not in OBJECTIVES:
        raise BadInstance(f'"objective" must be "leximin" or "maximin", not {objective!r}.')
    seats = _whole(data["seats"], '"seats"')
    return Order(instance(sizes, _quotas(data.get("quotas", [])), seats), total, objective)


def _quotas(found: Any) -> list[Quota]:
    if not isinstance(found, list):
        raise BadInstance('"quotas" must be a list of [attribute index, "value", min, max].')
    quotas = []
    for number, row in enumerate(found, 1):
        if not isinstance(row, list) or len(row) != 4 or not isinstance(row[1], str):
            raise BadInstance(f'Quota {number} is not [attribute index, "value", min, max].')
        index, least, most = (_whole(row[at], f"quota {number}") for at in (0, 2, 3))
        quotas.append(Quota(index, row[1], least, most))
    return quotas


def _whole(value: Any, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInstance(f"A whole number is needed for {what}, not {value!r}.")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadInstance(f'"{name}" stands there twice.')
        found[name] = value
    return found


def _listed(names: set[str]) -> str:
    return ", ".join(f'"{name}"' for name in sorted(names))


def _depth(text: str) -> int:
    """How deep brackets stand in one another; json would go as deep as the stack reaches."""
    deepest = depth = 0
    for bracket in re.findall(r"[][{}]", text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest

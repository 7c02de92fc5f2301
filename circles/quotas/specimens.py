"""Instances to measure with: two published toys, a usual call, a large assembly.
All are made by rule; no real person's data stand behind them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from circles.lottery import Quota
from circles.quotas.instance import Instance, instance


def toy(people: int, seats: int) -> Instance:
    """Half minus one liberal women, one conservative woman, half conservative men.

    At least `seats / 2 - 1` of each gender and leaning. Everybody can have the same chance, and
    simple methods give the one conservative woman almost none (or a seat for sure).
    """
    half, least = people // 2, seats // 2 - 1
    sides = (0, "female"), (0, "male"), (1, "liberal"), (1, "conservative")
    quotas = [Quota(attribute, value, least, seats) for attribute, value in sides]
    types = {"female|liberal": half - 1, "female|conservative": 1, "male|conservative": half}
    return instance(types, quotas, seats)


def assembly(
    people: int, seats: int, values: Sequence[int], *, types: int, slack: int, number: int = 0
) -> Instance:
    """People with so many attributes, of whom too many are alike, as in a real pool.

    `values`: how many values each attribute has; `types`: how many types there are at most;
    `slack`: how far a quota reaches to both sides of its goal, in seats. The goals lie between
    the shares in the pool and those of an invented population.
    """
    chance = random.Random(number)  # noqa: S311 the same specimen every time
    bent = [[chance.random() ** 2 + 0.1 for _ in range(width)] for width in values]
    wanted = [[chance.random() + 0.3 for _ in range(width)] for width in values]
    found: Counter[tuple[int, ...]] = Counter()
    while found.total() < people:
        one = tuple(
            chance.choices(range(width), weights)[0]
            for width, weights in zip(values, bent, strict=True)
        )
        if one in found or len(found) < types:
            found[one] += 1
    quotas = []
    for attribute, shares in enumerate(wanted):
        for value, share in enumerate(shares):
            have = sum(n for one, n in found.items() if one[attribute] == value) / people
            goal = seats * (have + share / sum(shares)) / 2
            quotas.append(
                Quota(attribute, f"v{value}", max(0, int(goal) - slack), int(goal) + 1 + slack)
            )
    named = {"|".join(f"v{value}" for value in one): n for one, n in found.items()}
    return instance(named, quotas, seats)


def specimens() -> dict[str, Instance]:
    """The instances of the benchmark, by name."""
    return {
        "toy 200 to 20": toy(200, 20),
        "toy 2000 to 200": toy(2000, 200),
        "usual 240 to 5, 18 types": assembly(240, 5, (2, 3, 3), types=18, slack=0),
        "large 1727 to 200, 257 types": assembly(
            1727, 200, (3, 5, 4, 4, 3), types=257, slack=0, number=1
        ),
        "large, six attributes": assembly(
            1727, 200, (2, 4, 3, 4, 3, 2), types=257, slack=0, number=4
        ),
    }

"""Groups for peer consultation, suggested by topic and need: pure, the same for the same people.

Six to nine people make a group. That works for 6 to 9 people and for every number from 12 on.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

LEAST, MOST = 6, 9


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody by number; `needs` and `brings` are topics by their number."""

    key: int
    needs: frozenset[int] = frozenset()
    brings: frozenset[int] = frozenset()


@dataclasses.dataclass(frozen=True)
class Suggestion:
    """Keys by group; `fits` is False where so few people cannot make groups of six to nine."""

    groups: tuple[tuple[int, ...], ...]
    fits: bool


def sizes_for(people: int) -> tuple[int, ...]:
    """Sizes that differ by one at most, the larger first; as few groups as hold everybody."""
    if people == 0:
        return ()
    count = -(-people // MOST)
    small, larger = divmod(people, count)
    return (small + 1,) * larger + (small,) * (count - larger)


def affinity(one: Person, other: Person) -> int:
    """Two for each need that the other can meet, one for each need that both have."""
    helped = len(one.needs & other.brings) + len(other.needs & one.brings)
    return 2 * helped + len(one.needs & other.needs)


def suggest(people: Sequence[Person]) -> Suggestion:
    """Groups that know what their people need; the order of `people` does not matter.

    Each group begins with the person of the lowest key left and takes whoever fits it best; then
    pairs are swapped as long as that makes the whole better.
    """
    left = sorted(people, key=lambda each: each.key)
    groups: list[list[Person]] = []
    for size in sizes_for(len(left)):
        group = [left.pop(0)]
        while len(group) < size:
            best = max(left, key=lambda each: (_fit(each, group), -each.key))
            left.remove(best)
            group.append(best)
        groups.append(group)
    while _swap_one(groups):
        pass
    chosen = sorted(tuple(sorted(each.key for each in group)) for group in groups)
    return Suggestion(tuple(chosen), all(LEAST <= len(group) <= MOST for group in chosen))


def _fit(person: Person, group: Sequence[Person]) -> int:
    return sum(affinity(person, each) for each in group if each.key != person.key)


def _swap_one(groups: list[list[Person]]) -> bool:
    """Swap the first pair of people that gains something; each swap raises a bounded whole."""
    for here, group in enumerate(groups):
        for other in groups[here + 1 :]:
            for i, one in enumerate(group):
                for j, two in enumerate(other):
                    apart = affinity(one, two)
                    gain = _fit(one, other) + _fit(two, group) - 2 * apart
                    if gain > _fit(one, group) + _fit(two, other):
                        group[i], other[j] = two, one
                        return True
    return False

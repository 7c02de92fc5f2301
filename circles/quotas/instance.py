"""What a lottery with quotas is about: how many people of which type, quotas, seats.
Pure; a type is its attribute values joined by `|`, as in `pool.txt` (los1 section 2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from circles.lottery import MOST_TICKETS, STRATUM, VALUE, Quota


class BadInstance(Exception):
    """The numbers make no sense; the message says in one sentence what is wrong."""


@dataclass(frozen=True)
class Instance:
    """Types ascending bytewise, their sizes in people, quotas, seats. Build it with `instance`."""

    types: tuple[str, ...]
    sizes: tuple[int, ...]
    quotas: tuple[Quota, ...]
    seats: int

    @property
    def people(self) -> int:
        """How many people take part."""
        return sum(self.sizes)

    def concerned(self, quota: Quota) -> list[int]:
        """The positions of the types whose people this quota counts."""
        return [
            at
            for at, name in enumerate(self.types)
            if name.split("|")[quota.attribute] == quota.value
        ]

    def having(self, quota: Quota) -> int:
        """How many people have the value of this quota."""
        return sum(self.sizes[at] for at in self.concerned(quota))

    def idle_quotas(self) -> list[Quota]:
        """Quotas on a value that nobody has."""
        return [quota for quota in self.quotas if not self.having(quota)]


def instance(types: Mapping[str, int], quotas: Sequence[Quota], seats: int) -> Instance:
    """The instance of these numbers; BadInstance if they contradict themselves or los1."""
    if not types:
        raise BadInstance("There are no types of people.")
    for name, size in types.items():
        if not re.fullmatch(STRATUM, name):
            raise BadInstance(
                f"The type {name!r} is not made of A-Z a-z 0-9 + . _ - with | between its values."
            )
        if size < 1:
            raise BadInstance(f"The type {name} has {size} people; leave out types without people.")
    widths = {name.count("|") + 1 for name in types}
    if len(widths) > 1:
        raise BadInstance("The types differ in their number of attributes.")
    people = sum(types.values())
    if people > MOST_TICKETS:
        raise BadInstance(f"There are {people} people; at most {MOST_TICKETS} can take part.")
    if not 1 <= seats <= people:
        raise BadInstance(f"There are {seats} seats for {people} people.")
    _check_quotas(quotas, widths.pop())
    ordered = sorted(types)
    return Instance(
        tuple(ordered),
        tuple(types[name] for name in ordered),
        tuple(map(Quota._make, quotas)),
        seats,
    )


def _check_quotas(quotas: Sequence[Quota], width: int) -> None:
    seen: set[tuple[int, str]] = set()
    for attribute, value, least, most in quotas:
        told = f"The quota on {value!r} (attribute {attribute})"
        if not 0 <= attribute < width:
            raise BadInstance(f"{told} names an attribute that no type has; count from 0.")
        if not re.fullmatch(VALUE, value):
            raise BadInstance(f"{told} has a value with other characters than A-Z a-z 0-9 + . _ -.")
        if not 0 <= least <= most <= MOST_TICKETS:
            raise BadInstance(f"{told} asks for at least {least} and at most {most}.")
        if (attribute, value) in seen:
            raise BadInstance(f"{told} stands there twice.")
        seen.add((attribute, value))

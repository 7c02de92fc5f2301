"""From answers to the strata that are published: opaque codes, each with at least three people.
Pure; where a group would be smaller, its people's answers are left out, last attribute first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

OPEN = "x"  # no answer, or one that would have made somebody recognisable
SMALLEST = 3


def strata(answers: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """By ticket, its stratum; `answers` are the codes of one ticket, attribute by attribute.

    Empty when even together there are fewer than three people.
    """
    found = {ticket: list(codes) for ticket, codes in answers.items()}
    if len(found) < SMALLEST:
        return {}
    width = len(next(iter(found.values())))
    for attribute in reversed(range(width)):
        sizes = Counter(map(tuple, found.values()))
        for codes in found.values():
            if sizes[tuple(codes)] < SMALLEST:
                codes[attribute] = OPEN
    open_for_all = (OPEN,) * width
    sizes = Counter(map(tuple, found.values()))
    while (few := min(sizes.values())) < SMALLEST:
        # Only those without any answer can still be few: the smallest other group joins them.
        small = min((n, codes) for codes, n in sizes.items() if n > few or codes != open_for_all)
        for codes in found.values():
            if tuple(codes) == small[1]:
                codes[:] = open_for_all
        sizes = Counter(map(tuple, found.values()))
    return {ticket: "|".join(codes) for ticket, codes in found.items()}

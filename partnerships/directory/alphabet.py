"""Groups of first letters, as even as the names allow, in the alphabet of the reader's language.

Pure: works on the first characters of the stored sort keys (`foundation.languages.sort_key`).
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

GROUPS = 5
# Finnish å, ä and ö follow z: "{", "|" and "}" in the sort key.
_TAIL = {"fi": {"{": "Å", "|": "Ä", "}": "Ö"}}
_ADDRESS = re.compile(r"([A-ZÅÄÖ])-([A-ZÅÄÖ])")


@dataclass(frozen=True)
class Group:
    """Letters `first` to `last` of the sort key; what is no letter belongs to the one with a."""

    first: str
    last: str
    language: str
    count: int = 0
    has_signs: bool = False

    @property
    def address(self) -> str:
        """How it stands in a query: "F-J"."""
        return f"{shown(self.first, self.language)}-{shown(self.last, self.language)}"

    @property
    def label(self) -> str:
        """How people read it: "F–J", "T–Ö", "0–9, A–C", "S"."""
        one = shown(self.first, self.language)
        letters = one if self.first == self.last else self.address.replace("-", "–")
        return f"0–9, {letters}" if self.has_signs else letters

    @property
    def below(self) -> str:
        """Sort keys of the group are smaller than this."""
        return chr(ord(self.last) + 1)

    def holds(self, key: str) -> bool:
        """Whether a sort key (or its first character) belongs to the group."""
        return (self.first == "a" or key >= self.first) and key < self.below


def alphabet(language: str) -> str:
    """First characters of sort keys in order: 26 letters, 29 in Finnish."""
    return string.ascii_lowercase + "".join(_TAIL.get(language, {}))


def shown(letter: str, language: str) -> str:
    """The letter as people write it."""
    return _TAIL.get(language, {}).get(letter, letter.upper())


def group_at(address: str, language: str) -> Group | None:
    """The group that a query names, "F-J"; None when it names none. Å, Ä, Ö of a Finnish address
    mean the end of the alphabet elsewhere."""
    match = _ADDRESS.fullmatch(address.strip().upper())
    if not match:
        return None
    letters = {shown(letter, language): letter for letter in alphabet(language)}
    first, last = (letters.get(letter, "z") for letter in match.groups())
    return Group(min(first, last), max(first, last), language)


def even_groups(counts: Mapping[str, int], language: str, parts: int = GROUPS) -> list[Group]:
    """At most `parts` groups over the whole alphabet, each with names, as even as can be.

    `counts` are names by first character of the sort key; even means the least sum of squares.
    """
    letters = alphabet(language)
    signs = sum(count for letter, count in counts.items() if letter not in letters)
    sizes = {letter: counts.get(letter, 0) for letter in letters}
    sizes["a"] += signs
    used = [letter for letter in letters if sizes[letter]]
    if len(used) < 2:
        return []
    cuts = _cuts(tuple(sizes[letter] for letter in used), min(parts, len(used)))
    starts = ["a", *(used[cut] for cut in cuts)]
    ends = [*(letters[letters.index(start) - 1] for start in starts[1:]), letters[-1]]
    return [
        Group(
            first,
            last,
            language,
            count=sum(sizes[each] for each in letters if first <= each <= last),
            has_signs=first == "a" and signs > 0,
        )
        for first, last in zip(starts, ends, strict=True)
    ]


def _cuts(sizes: tuple[int, ...], parts: int) -> tuple[int, ...]:
    """Where to cut `sizes` into `parts` runs so that the sum of their squares is least."""

    @cache
    def best(start: int, left: int) -> tuple[int, tuple[int, ...]]:
        if left == 1:
            return sum(sizes[start:]) ** 2, ()
        found = []
        for cut in range(start + 1, len(sizes) - left + 2):
            cost, after = best(cut, left - 1)
            found.append((sum(sizes[start:cut]) ** 2 + cost, (cut, *after)))
        return min(found)

    return best(0, parts)[1]

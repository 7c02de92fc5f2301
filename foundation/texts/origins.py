"""Which sentence of a text came with which of its wordings, so that people find their own again."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A sentence ends with its mark before a space, or with its line.
_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each with its blanks made one."""
    return [" ".join(part.split()) for part in _ENDS.split(text) if part.strip()]


def origins(wordings: Sequence[str]) -> list[tuple[str, int]]:
    """(sentence, index of the wording it came with) for each sentence of the last wording.

    One that went and came back came with the later wording.
    """
    if not wordings:
        return []
    held = [frozenset(sentences_of(wording)) for wording in wordings]
    found = []
    for sentence in sentences_of(wordings[-1]):
        first = len(wordings) - 1
        while first > 0 and sentence in held[first - 1]:
            first -= 1
        found.append((sentence, first))
    return found

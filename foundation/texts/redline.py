"""Readable differences between two versions of a text: what went, what came, word by word."""

from __future__ import annotations

import dataclasses
import difflib
import re

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclasses.dataclass(frozen=True)
class Piece:
    """A run of text; `kind` is "kept", "gone" or "new"."""

    kind: str
    text: str


def redline(old: str, new: str) -> list[Piece]:
    """The pieces that lead from `old` to `new`; joining kept and new gives `new` again."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("kept", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("gone", "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("new", "".join(after[j1:j2])))
    return pieces

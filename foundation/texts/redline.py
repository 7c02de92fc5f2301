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
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    runs: list[tuple[bool, str, str]] = []  # kept or changed, what was, what is
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        _append(runs, tag == "equal", "".join(before[i1:i2]), "".join(after[j1:j2]))
    pieces: list[Piece] = []
    for kept, was, is_now in runs:
        parts = [("kept", is_now)] if kept else [("gone", was), ("new", is_now)]
        pieces += [Piece(kind, text) for kind, text in parts if text]
    return pieces


def _append(runs: list[tuple[bool, str, str]], kept: bool, was: str, is_now: str) -> None:
    """Changes with nothing but space between them read as one change."""
    if not kept and len(runs) > 1 and runs[-1][0] and not runs[-1][1].strip() and not runs[-2][0]:
        _space, gap, _same = runs.pop()
        _changed, old, new = runs.pop()
        was, is_now = old + gap + was, new + gap + is_now
    runs.append((kept, was, is_now))

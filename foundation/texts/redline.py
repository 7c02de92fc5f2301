"""Readable differences between two versions of a text: what went, what came, word by word."""

from __future__ import annotations

import dataclasses
import difflib
import re

_WORDS = re.compile(r"\s+|[^\s]+")
# For long texts: blanks belong to the word before, so that no piece stands hundreds of times.
_SPACED_WORDS = re.compile(r"\S+\s*|\s+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Beyond so many pairs of words, a run of changed lines is shown as gone and new, not word by word.
MOST_PAIRS = 1_000_000


@dataclasses.dataclass(frozen=True)
class Piece:
    """A run of text; `kind` is "kept", "gone" or "new"."""

    kind: str
    text: str


def redline(old: str, new: str) -> list[Piece]:
    """The pieces that lead from `old` to `new`; joining kept and new gives `new` again."""
    return _between(_WORDS.findall(old), _WORDS.findall(new))


def _between(before: list[str], after: list[str]) -> list[Piece]:
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    runs: list[tuple[bool, str, str]] = []  # kept or changed, what was, what is
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        _append(runs, tag == "equal", "".join(before[i1:i2]), "".join(after[j1:j2]))
    pieces: list[Piece] = []
    for kept, was, is_now in runs:
        parts = [("kept", is_now)] if kept else [("gone", was), ("new", is_now)]
        pieces += [Piece(kind, text) for kind, text in parts if text]
    return pieces


def redline_by_line(old: str, new: str) -> list[Piece]:
    """As `redline`, for long texts: lines first, words only in lines that changed.

    Changed lines are compared in turn where there are as many as before.
    """
    if old == new:
        return [Piece("kept", new)] if new else []
    before, after = _LINES.findall(old), _LINES.findall(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("kept", "".join(after[j1:j2])))
        elif i2 - i1 == j2 - j1:
            for was, is_now in zip(before[i1:i2], after[j1:j2], strict=True):
                pieces += _words_between(was, is_now)
        else:
            pieces += _words_between("".join(before[i1:i2]), "".join(after[j1:j2]))
    return _joined(pieces)


def _words_between(old: str, new: str) -> list[Piece]:
    before, after = _SPACED_WORDS.findall(old), _SPACED_WORDS.findall(new)
    if len(before) * len(after) > MOST_PAIRS:
        return [Piece(kind, text) for kind, text in (("gone", old), ("new", new)) if text]
    return _between(before, after)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind are one run."""
    runs: list[Piece] = []
    for piece in pieces:
        if runs and runs[-1].kind == piece.kind:
            piece = Piece(piece.kind, runs.pop().text + piece.text)
        runs.append(piece)
    return runs


def _append(runs: list[tuple[bool, str, str]], kept: bool, was: str, is_now: str) -> None:
    """Changes with nothing but space between them read as one change."""
    if not kept and len(runs) > 1 and runs[-1][0] and not runs[-1][1].strip() and not runs[-2][0]:
        _space, gap, _same = runs.pop()
        _changed, old, new = runs.pop()
        was, is_now = old + gap + was, new + gap + is_now
    runs.append((kept, was, is_now))

"""The words of a question, folded as the texts are, and where they stand in a text; pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from foundation.languages import Stored, search_key

MOST_WORDS = 20
# Left and right of the word that was found, in characters.
BEFORE, AFTER = 60, 140
# "D.I.V." is one word, so that it is found as "DIV".
_DOTTED = re.compile(r"\b([^\W\d_])\.(?=[^\W\d_]\b)")
# Words that PostgreSQL passes over in German, but not without their umlaut.
_EMPTY = frozenset("dass fur konnen konnte muss uber wahrend wurde wurden".split())  # noqa: SIM905
_SOFT_HYPHEN = "\u00ad"
# For `trace_of`: a sign beyond ASCII, and what may stand between two letters of a folded word.
_SIGN = r"[^\u0001-\u007f]"
_BETWEEN = rf"(?:[e.]|{_SIGN})*"
_ONE_SIGN = {"ss", "th", "ff", "fi", "fl", "st", "ij"}  # ß, þ and ligatures
_TRACED = 6
_WORD = re.compile(r"\w+")

Text = tuple[str, str]  # its words and their language, "" when it has none


def fold(text: str) -> str:
    """`search_key` for whole sentences: "Straßen in der D.I.V." is "strassen in der div"."""
    return search_key(_DOTTED.sub(r"\1", text.replace(_SOFT_HYPHEN, "")))


def words_of(question: str) -> list[str]:
    """The folded words to look for, each once; single letters say nothing and drop out."""
    found = dict.fromkeys(fold(question).split())
    kept = [word for word in found if len(word) > 1 or word.isdigit()]
    return ([word for word in kept if word not in _EMPTY] or kept)[:MOST_WORDS]


def trace_of(words: Sequence[str]) -> str:
    """A regular expression of PostgreSQL that each unfolded text with all `words` matches.

    Few others do: it spares folding them. It asks for the first letters of one of the longest
    words, each as such or behind another sign ("ä" for a). Other scripts: empty, and all match.
    """
    longest = sorted(words, key=len, reverse=True)[:_TRACED]
    if not all(word.isascii() for word in longest):
        return ""
    # Endings are taken off before the database compares: the fourth letter may be one.
    ways = (way for word in longest for way in _ways(word[: 4 if len(word) > 6 else 3]))
    return "|".join(dict.fromkeys(ways))


def _ways(letters: str) -> Iterable[str]:
    """With each of the letters as it is, or hidden."""
    for hidden in itertools.product((False, True), repeat=len(letters)):
        signs, at = [], 0
        while at < len(letters):
            two = hidden[at : at + 2] == (True, True) and letters[at : at + 2] in _ONE_SIGN
            signs.append(_SIGN if hidden[at] else letters[at])
            at += 2 if two else 1
        yield _BETWEEN.join(signs)


def texts_of(value: str | Stored | Sequence[object], language: str) -> list[Text]:
    """What a stored value says: a text, one per language (the reader's first), or a list."""
    if isinstance(value, str):
        return [(value, "")] if value else []
    if isinstance(value, dict):
        # Strengths of a city: the words lie one step deeper.
        inner = value.get("text")
        said = inner if isinstance(inner, dict) else value
        told = {
            code: entry["text"] if isinstance(entry, dict) else entry
            for code, entry in said.items()
        }
        source_last = sorted(told, key=lambda code: (code != language, "from" in said[code]))
        return [(told[code], code) for code in source_last if told[code]]
    return [text for each in value or () for text in texts_of(each, language)]  # type: ignore[arg-type]


def snippet(texts: Iterable[Text], words: Sequence[str]) -> Text:
    """The words in their context, from the first text that has one; else how the first begins."""
    kept = [(" ".join(text.split()), language) for text, language in texts]
    for exact in (True, False):
        for text, language in kept:
            at = _place(text, words, exact=exact)
            if at is not None:
                return _cut(text, at), language
    return (_cut(kept[0][0], 0), kept[0][1]) if kept else ("", "")


def _place(text: str, words: Sequence[str], *, exact: bool) -> int | None:
    """Where the first of `words` begins; not exact: also with another ending ("Häuser", "Haus")."""
    stems = tuple(words if exact else (word[: max(4, len(word) - 3)] for word in words))
    for found in _WORD.finditer(text):
        if search_key(found[0]).startswith(stems):
            return found.start()
    return None


def _cut(text: str, at: int) -> str:
    start, end = max(0, at - BEFORE), min(len(text), at + AFTER)
    if start:
        start = text.find(" ", start, at) + 1 or at
    if end < len(text):
        end = max(text.rfind(" ", at + 1, end), 0) or end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"

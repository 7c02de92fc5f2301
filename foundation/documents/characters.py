"""Which characters our PDF typeface can print.

An archival PDF must not contain a character without a glyph, so text is checked before rendering.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable

# First and last code point of each run that all four faces in static/fonts/pdf cover.
PRINTABLE_RUNS = (
    (0x20, 0x7E), (0xA0, 0x17E), (0x18F, 0x18F), (0x1A0, 0x1A1), (0x1AF, 0x1B0),
    (0x218, 0x21B), (0x2BB, 0x2BC), (0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x300, 0x304),
    (0x306, 0x30C), (0x323, 0x323), (0x326, 0x328), (0x384, 0x38A), (0x38C, 0x38C),
    (0x38E, 0x3A1), (0x3A3, 0x3CE), (0x400, 0x45F), (0x490, 0x491), (0x1E80, 0x1E85),
    (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9), (0x2007, 0x200A), (0x2010, 0x2015), (0x2018, 0x201A),
    (0x201C, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x202F, 0x2030), (0x2039, 0x203A),
    (0x2044, 0x2044), (0x2070, 0x2070), (0x2074, 0x2079), (0x2080, 0x2089), (0x20AC, 0x20AC),
    (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0x2215, 0x2215),
    (0x221A, 0x221A), (0x221E, 0x221E), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265),
)  # fmt: skip
# The layout engine consumes these and never asks the font for them.
INVISIBLE = frozenset("\t\n\r\f\u200b\u200c\u200d\u2060\ufeff")
_STARTS = [first for first, _ in PRINTABLE_RUNS]


def is_printable(character: str) -> bool:
    """Whether the PDF typeface has a glyph for this one character."""
    if character in INVISIBLE:
        return True
    run = bisect_right(_STARTS, ord(character)) - 1
    return run >= 0 and ord(character) <= PRINTABLE_RUNS[run][1]


def unprintable(texts: Iterable[str]) -> list[str]:
    """The distinct characters without a glyph, in order of appearance."""
    missing: dict[str, None] = {}
    for text in texts:
        for character in unicodedata.normalize("NFC", text):
            if not is_printable(character):
                missing[character] = None
    return list(missing)

"""A decision, one sign a voice: consent with its objections, or a majority with its threshold.

Signs differ in shape, not only in colour: tick, wave, cross; full, struck through, dashed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from foundation.look.figures import pen

_SIZE, _STEP = 34, 44
_DISC: Final = '<circle class="line paper" cx="17" cy="17" r="14"/>'
_CARD: Final = '<rect class="{}" x="1.5" y="1.5" width="31" height="31" rx="3"{}/>'
_SIGNS: Final = {
    "agree": '<circle class="fill" cx="17" cy="17" r="15.5"/>'
    '<path class="stroke-paper" d="M9 17.8l5.4 5.4L24.7 11.6"/>',
    "concern": f'{_DISC}<path class="line" d="M9 17c2.6-4 5.1-4 7.7 0s5.1 4 7.7 0"/>',
    "objection": f'{_DISC}<path class="line" d="M11 11l12 12M23 11L11 23"/>',
    "yes": _CARD.format("fill", ""),
    "no": _CARD.format("line paper", "") + '<path class="line" d="M4 30L30 4"/>',
    "abstain": _CARD.format("empty", ' stroke-dasharray="4 4"'),
}


@dataclass(frozen=True)
class Voices:
    """How many voices of one kind (a key of the signs) and the words below them."""

    kind: str
    number: int
    words: str


@dataclass(frozen=True)
class Threshold:
    """How many voices of the first kind were needed, and the words above the line."""

    needed: int
    words: str


def rows(
    voices: Sequence[Voices], across: int, label: str, threshold: Threshold | None, css: str
) -> str:
    """The voices kind by kind in lines of `across`; kinds without a voice are left out."""
    parts = []
    drawn = threshold is not None and threshold.needed <= across
    y = 30 if drawn else 2
    if threshold is not None and drawn:
        line = threshold.needed * _STEP - (_STEP - _SIZE) / 2
        parts.append(pen.path(f"M{pen.num(line)} 20V{y + _SIZE + 8}", "line"))
        room = across * _STEP - line
        parts.append(
            pen.words(line, 14, threshold.words, "e" if room < 70 else "c" if line > 70 else "")
        )
    for group in voices:
        for index in range(group.number):
            at = f"{index % across * _STEP} {y + index // across * _STEP}"
            parts.append(f'<g transform="translate({at})">{_SIGNS[group.kind]}</g>')
        if group.number:
            y += -(-group.number // across) * _STEP + 18
            parts.append(pen.words(0, y - 4, group.words, "b"))
            y += 20
    return pen.frame((0, 0, across * _STEP - 10, max(y - 14, 1)), parts, label, css)

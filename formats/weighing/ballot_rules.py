"""The arithmetic of a vote: which marks a ballot may carry, and how ballots become a ranking.

Pure: options are known by any key, marks are {option: points}.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

DOTS, SCORE, CHOICE = "dots", "score", "choice"
Marks = Mapping[str, int]


@dataclasses.dataclass(frozen=True)
class Rules:
    """`budget` points each, at most `most` on one option; scores run from 0 to `most`."""

    method: str
    budget: int = 1
    most: int = 1

    def fault(self, marks: Marks, options: Iterable[str]) -> str:
        """A word for what is wrong with a ballot; empty when it may be cast.

        unknown, empty, negative, too-high, too-many.
        """
        if not set(marks) <= set(options):
            return "unknown"
        if not marks:
            return "empty"
        if min(marks.values()) < (0 if self.method == SCORE else 1):
            return "negative"
        if max(marks.values()) > self.most:
            return "too-high"
        if self.method != SCORE and sum(marks.values()) > self.budget:
            return "too-many"
        return ""


@dataclasses.dataclass(frozen=True)
class Line:
    """One option of the result: its rank (equal ones share it), points, and how they came about.

    `voices` marked it; `mean` is points per voice that scored it; `spread` counts voices by points.
    """

    option: str
    rank: int
    points: int
    voices: int
    mean: Fraction
    spread: Mapping[int, int]


def tally(rules: Rules, options: Sequence[str], ballots: Iterable[Marks]) -> list[Line]:
    """The ranking, best first. Dots count as a sum, scores by their mean; ties stay ties.

    An option that nobody marked comes last with nothing.
    """
    spreads: dict[str, dict[int, int]] = {option: {} for option in options}
    for marks in ballots:
        for option, points in marks.items():
            spreads[option][points] = spreads[option].get(points, 0) + 1
    return ranked(rules, spreads)


def ranked(rules: Rules, spreads: Mapping[str, Mapping[int, int]]) -> list[Line]:
    """The ranking of counted marks: {option: {points: voices}}, best first; see `tally`."""
    values = {option: _value(rules, spread) for option, spread in spreads.items()}
    order = sorted(spreads, key=lambda option: -values[option])  # stable: ties keep the paper's
    return [
        Line(
            option=option,
            rank=1 + sum(other > values[option] for other in values.values()),
            points=_points(spreads[option]),
            voices=sum(spreads[option].values()),
            mean=_mean(spreads[option]),
            spread=dict(sorted(spreads[option].items(), reverse=True)),
        )
        for option in order
    ]


def _value(rules: Rules, spread: Mapping[int, int]) -> Fraction:
    return _mean(spread) if rules.method == SCORE else Fraction(_points(spread))


def _points(spread: Mapping[int, int]) -> int:
    return sum(points * voices for points, voices in spread.items())


def _mean(spread: Mapping[int, int]) -> Fraction:
    voices = sum(spread.values())
    return Fraction(_points(spread), voices) if voices else Fraction(0)

"""One row of the table: how often, what broke, how long it took, and what was promised."""

from __future__ import annotations

import dataclasses
import math

HEAD = ("No", "what is done to it", "trials", "broken", "p95", "target")


@dataclasses.dataclass(frozen=True)
class Row:
    """`problems`: a sentence for each violation. `control`: it must break, at least 95 % of it."""

    what: str
    trials: int
    problems: list[str]
    target: str
    seconds: list[float] = dataclasses.field(default_factory=list)
    most: float = math.inf
    control: bool = False
    number: str = ""
    note: str = ""

    @property
    def p95(self) -> float:
        """The 95th percentile of `seconds`; 0 when nothing was timed."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(0.95 * len(ordered)) - 1)] if ordered else 0.0

    @property
    def is_broken(self) -> bool:
        """Whether the row does not keep what it promises."""
        if self.control:
            return len(self.problems) < 0.95 * self.trials
        return bool(self.problems) or self.p95 > self.most

    def named(self, number: str) -> Row:
        return dataclasses.replace(self, number=number)

    def told(self, number: str) -> str:
        """The row as it comes, with the first things that broke."""
        verdict = "BROKEN" if self.is_broken else "good"
        few = [] if self.control else self.problems[:5]
        return "\n  ".join([f"{number} {self.what}: {verdict}. {self.note}".strip(), *few])

    def cells(self) -> tuple[str, ...]:
        timed = f"{self.p95:.2f} s" if self.seconds else "-"
        broken = f"{len(self.problems)}{' (must)' if self.control else ''}"
        return (self.number, self.what, str(self.trials), broken, timed, self.target)


def table(rows: list[Row]) -> str:
    """All rows under one head, columns aligned."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )

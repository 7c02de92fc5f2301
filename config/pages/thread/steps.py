"""One step of a thread, and the five stretches of the way that it lies in."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: dict[str, str | Promise] = {
    "idea": pgettext_lazy("step of a thread", "Idea"),
    "vision": pgettext_lazy("step of a thread", "Vision"),
    "priority": pgettext_lazy("step of a thread", "Prioritisation"),
    "work_order": pgettext_lazy("step of a thread", "Work order"),
    "office_project": pgettext_lazy("step of a thread", "Project of the office"),
    "circle": pgettext_lazy("step of a thread", "Innovation circle"),
    "call": pgettext_lazy("step of a thread", "Public call"),
    "draw": pgettext_lazy("step of a thread", "Draw by lot"),
    "work": pgettext_lazy("step of a thread", "Work begins"),
    "version": pgettext_lazy("step of a thread", "State of work"),
    "decision": pgettext_lazy("step of a thread", "Decision"),
    "presentation": pgettext_lazy("step of a thread", "Presentation"),
    "result": pgettext_lazy("step of a thread", "Result"),
    "measure": pgettext_lazy("step of a thread", "Measure"),
    "answer": pgettext_lazy("step of a thread", "What became of it"),
}
# What the line of five nodes sums up, and which kinds lie in each.
STRETCHES: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (_("Vision"), frozenset({"idea", "vision", "priority"})),
    (_("Work order"), frozenset({"work_order"})),
    (_("Circle or project"), frozenset({
        "office_project", "circle", "call", "draw", "work", "version", "decision",
    })),
    (_("Result"), frozenset({"presentation", "result"})),
    (_("What became of it"), frozenset({"measure", "answer"})),
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Step:
    """`date` is the city's day, None while it is not known; `notes` are whole sentences.

    `sign` is the glyph of its standing: done, half (under way), open (still to come) or late.
    """

    kind: str
    date: dt.date | None
    title: str
    url: str
    state: str
    notes: tuple[str, ...] = ()
    sign: str = "done"

    @property
    def is_late(self) -> bool:
        return self.sign == "late"

    @property
    def name(self) -> str:
        """What kind of step it is, in the reader's language."""
        return str(KINDS[self.kind])


@dataclasses.dataclass(frozen=True)
class Stretch:
    """One of five nodes: its name, the day it was reached, and whether it was."""

    name: str
    date: dt.date | None
    is_reached: bool


def in_order(steps: Iterable[Step]) -> list[Step]:
    """By day, and as things follow from each other within one; what has no day comes last."""
    rank = {kind: number for number, kind in enumerate(KINDS)}
    return sorted(
        steps, key=lambda step: (step.date is None, step.date or dt.date.min, rank[step.kind])
    )


def stretches_of(steps: Sequence[Step]) -> list[Stretch]:
    """The five nodes of the line above the steps."""
    found = []
    for name, kinds in STRETCHES:
        here = [step for step in steps if step.kind in kinds and step.sign != "open"]
        days = [step.date for step in here if step.date is not None]
        found.append(Stretch(str(name), min(days, default=None), bool(here)))
    return found

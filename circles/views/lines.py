"""Texts that the office writes line by line, as the page shows them."""

from __future__ import annotations

from circles.models import Call, Circle
from foundation.languages import LocalizedText


def lines_of(text: LocalizedText) -> list[str]:
    """The lines of `text` that are not empty."""
    return [line.strip() for line in str(text).splitlines() if line.strip()]


def figures_of(text: LocalizedText) -> list[tuple[str, str]]:
    """(figure, words) of lines such as "7 | meetings"; without a bar the figure is empty."""
    found = []
    for line in lines_of(text):
        figure, bar, words = line.partition("|")
        found.append((figure.strip(), words.strip()) if bar else ("", line))
    return found


def effort_of(circle: Circle) -> list[tuple[str, str]]:
    """Effort and allowance as the public call of `circle` states them; nothing before one."""
    call = circle.calls.exclude(state=Call.State.DRAFT).first()
    return figures_of(call.effort) + figures_of(call.allowance) if call else []

"""Texts that the office writes line by line, as the page shows them."""

from __future__ import annotations

from circles.models import Call, Seat
from circles.models.circle import SEATS
from circles.seating import seats
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


def facts_of(seat: Seat) -> dict[str, object]:
    """What somebody reads who is asked to take a seat, or to name somebody for it.

    Effort and allowance are those of the circle's public call; nothing before one.
    """
    circle = seat.circle
    taken = list(circle.seats.filter(state=Seat.State.TAKEN).select_related("holder"))
    call = circle.calls.exclude(state=Call.State.DRAFT).first()
    return {
        "seat": seat,
        "title": seats.title_of(seat),
        "circle": circle,
        "order": circle.work_order,
        "members": seats.named(taken),
        "taken": len(taken),
        "total": SEATS,
        "effort": figures_of(call.effort) + figures_of(call.allowance) if call else [],
    }

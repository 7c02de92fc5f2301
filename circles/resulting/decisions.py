"""What a circle decided, wherever its result speaks of it."""

from __future__ import annotations

from django.db.models import QuerySet

from circles.deciding.records import DecisionRecord, record_of
from circles.models import Decision, Result
from circles.proposing.versions import Passage, passages_of


def main_record(result: Result, *, with_rounds: bool) -> DecisionRecord | None:
    """The decision that ended the order; None where the office worked on it."""
    return record_of(result.decision, with_rounds=with_rounds) if result.decision else None


def passages(result: Result) -> list[Passage]:
    """The proposal that was adopted, section by section; empty where the office worked on it."""
    version = result.decision.version if result.decision else None
    return passages_of(version) if version else []


def others(result: Result) -> QuerySet[Decision]:
    """What else the circle adopted or rejected, in turn."""
    if result.decision is None:
        return Decision.objects.none()
    found = Decision.objects.decided().filter(circle=result.decision.circle_id)
    return found.exclude(pk=result.decision.pk).select_related("circle", "version").order_by("n")

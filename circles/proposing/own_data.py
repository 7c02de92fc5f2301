"""What the portal holds of a member's work on proposals, by the seats they sit or sat on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from circles.models import (
    Authorship,
    ContributionAnswer,
    OpenPoint,
    PointSettlement,
    ProposalSource,
    ReviewLink,
    SeatTerm,
    SectionRemark,
)


def of(terms: Iterable[SeatTerm]) -> dict[str, list[dict[str, Any]]]:
    """Words, remarks, points, sources, links and answers as JSON values."""
    own = [term.pk for term in terms]
    wordings = Authorship.objects.filter(member__in=own).select_related("revision")
    return {
        "wordings": [
            {"text": each.revision.body.stored, "at": each.revision.written_at.isoformat()}
            for each in wordings
        ],
        "remarks": _words(SectionRemark, own, "text", "said_at"),
        "points": _words(OpenPoint, own, "question", "raised_at"),
        "settlements": _words(PointSettlement, own, "word", "settled_at"),
        "sources": _words(ProposalSource, own, "title", "added_at"),
        "links": _words(ReviewLink, own, "label", "made_at"),
        "answers": _words(ContributionAnswer, own, "reason", "answered_at"),
    }


def _words(model: Any, own: list[int], words: str, moment: str) -> list[dict[str, str]]:
    rows = model.objects.filter(member__in=own).order_by("pk")
    return [{words: getattr(each, words), "at": getattr(each, moment).isoformat()} for each in rows]

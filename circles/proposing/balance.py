"""All that a round brought, section by section, and who spoke: also the sectors that did not."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from circles.models import Contribution, ContributionAnswer, FeedbackRound
from circles.proposing.versions import Passage, passages_of
from circles.seating import acting
from foundation.texts.redline import Piece, redline_by_line


@dataclasses.dataclass(frozen=True)
class Row:
    """A contribution with its answer, as members read it."""

    said: Contribution
    answer: ContributionAnswer | None
    answered_by: str
    pieces: Sequence[Piece]

    @property
    def is_waiting(self) -> bool:
        return self.said.is_suggestion and self.answer is None


def rows_of(round_: FeedbackRound) -> list[Row]:
    """Everything that was not withdrawn; one query, and the redline against the version."""
    found = Contribution.objects.filter(link__round=round_, withdrawn_at=None).select_related(
        "section__paragraph", "answer__member__seat", "answer__member__person", "answer__revision"
    )
    texts = {each.slug: each.body.get("de") for each in passages_of(round_.version)}
    rows = []
    for said in found.order_by("pk"):
        answer = getattr(said, "answer", None)
        by = acting.seat_and_name(answer.member) if answer else ""
        rows.append(Row(said, answer, by, _pieces(said, texts)))
    return rows


def by_section(round_: FeedbackRound, rows: Sequence[Row]) -> list[tuple[Passage, list[Row]]]:
    """The sections of the version, each with what was said about it."""
    return [
        (passage, [row for row in rows if row.said.section.paragraph.slug == passage.slug])
        for passage in passages_of(round_.version)
    ]


def of_rows(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """(sector, number of contributions), zeros included."""
    return [
        (str(label), sum(row.said.sector == value for row in rows))
        for value, label in Contribution.Sector.choices
    ]


def pieces_of(round_: FeedbackRound, said: Contribution) -> Sequence[Piece]:
    """What one suggestion would change in the version."""
    texts = {each.slug: each.body.get("de") for each in passages_of(round_.version)}
    return _pieces(said, texts)


def _pieces(said: Contribution, texts: dict[str, str]) -> Sequence[Piece]:
    if not said.is_suggestion:
        return []
    return redline_by_line(texts.get(said.section.paragraph.slug, ""), said.words)

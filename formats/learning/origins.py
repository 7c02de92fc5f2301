"""Words that go on from somebody else's: how far they may go, and what happens when those end.

The whole chain counts, up to its root. PostgreSQL keeps the limit by itself (words_go_no_further).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from formats.models import KnowledgeItem, Openness
from foundation.accounts.models import User
from foundation.audit import trail

REACH = list(Openness)


def of_others(item: KnowledgeItem) -> Iterator[KnowledgeItem]:
    """Whatever of other people `item` goes on from, the nearest first."""
    source = item.derived_from
    while source is not None:
        if source.member_id != item.member_id or source.member_id is None:
            yield source
        source = source.derived_from


def furthest(item: KnowledgeItem) -> Openness:
    """As far as everybody whose words `item` goes on from has released them until now."""
    return min((_released(source, item) for source in of_others(item)), key=REACH.index,
               default=Openness.PUBLIC)  # fmt: skip


def is_for_passing_on(item: KnowledgeItem) -> bool:
    """Whether neither `item` nor anything it goes on from is restricted or withdrawn."""
    return not any(each.is_restricted or each.withdrawn_at for each in (item, *of_others(item)))


def hold_back(item: KnowledgeItem, *, by: User | None, gone: str = "") -> None:
    """What goes on from `item` goes no further than it; copies of the words `gone` end with it."""
    for each in KnowledgeItem.objects.filter(derived_from=item).order_by("pk"):
        own = item.member_id is not None and each.member_id == item.member_id
        rows = KnowledgeItem.objects.filter(pk=each.pk, withdrawn_at=None)
        if gone and each.text == gone and not own:
            each.replies.all().delete()
            if rows.update(text="", link="", withdrawn_at=timezone.now()):
                trail.record("knowledge.withdrawn", each, by=by, source=item.pk)
        elif REACH.index(Openness(each.openness)) > REACH.index(limit := furthest(each)):
            rows.update(openness=limit)
            trail.record("knowledge.held-back", each, by=by, openness=str(limit))
        hold_back(each, by=by, gone=gone)


def _released(source: KnowledgeItem, item: KnowledgeItem) -> Openness:
    elsewhere = source.openness == Openness.COHORT and source.cohort_id != item.cohort_id
    if source.is_restricted or source.withdrawn_at or elsewhere:
        return Openness.OWNER
    return Openness(source.openness)

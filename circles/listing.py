"""The office's list of applications: searched, filtered, page by page, at any size."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from circles import reviews
from circles.models import Application, Call, Review
from foundation.accounts.models import User
from foundation.languages import search_key

PER_PAGE = 25
SHORTEST_TICKET = 4
_HEX = frozenset("0123456789abcdef")


def found(call: Call, wanted: Mapping[str, str], *, by: User) -> QuerySet[Application]:
    """The applications of `call` that `wanted` asks for ("q" words, "state"), oldest first.

    Each with `findings`, the number of people who have looked.
    """
    looked = (
        Review.objects.filter(application=OuterRef("pk"))
        .order_by()
        .values("application")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = call.applications.annotate(
        findings=Coalesce(Subquery(looked, output_field=IntegerField()), 0)
    ).order_by("submitted_at", "pk")
    rows = _searched(rows, wanted.get("q", ""))
    state = wanted.get("state", "")
    if state == "mine":
        return rows.filter(pk__in=reviews.waiting_for(by, call).values("pk"))
    return rows.filter(state=state) if state else rows


def _searched(rows: QuerySet[Application], typed: str) -> QuerySet[Application]:
    """Every word must be in name, address or reference; a ticket may be typed in any groups."""
    words = search_key(typed).split()
    if not words:
        return rows
    ticket = "".join(words)
    by_words = Q(*(Q(looked_for__contains=word) for word in words))
    if len(ticket) >= SHORTEST_TICKET and set(ticket) <= _HEX:
        by_words |= Q(ticket__startswith=ticket)
    return rows.filter(by_words)


class Pages(Paginator):  # type: ignore[type-arg]  # generic in the stubs only
    """Pages that count nothing that is known already, and leave what is not shown unread."""

    def __init__(
        self,
        rows: QuerySet[Application],
        wanted: Mapping[str, str],
        counts: Mapping[str, int],
    ) -> None:
        super().__init__(rows.only(*SHOWN), PER_PAGE)
        self._known = None
        if not search_key(wanted.get("q", "")):
            state = wanted.get("state", "")
            known = counts.get(state, 0) if state else sum(counts.values())
            self._known = None if state == "mine" else known

    @cached_property
    def count(self) -> int:
        """How many there are in all."""
        return super().count if self._known is None else self._known


SHOWN = ("call_id", "reference", "name", "state", "way", "submitted_at", "erased_at")

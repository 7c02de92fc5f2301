"""The office's list of applications: searched, filtered, page by page, at any size."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from circles import likenesses, reviews
from circles.models import Application, Call, Review
from foundation.accounts.models import User
from foundation.languages import search_key

PER_PAGE = 25
SHORTEST_TICKET = 4
_HEX = frozenset("0123456789abcdef")


def found(call: Call, wanted: Mapping[str, str], *, by: User) -> QuerySet[Application]:
    """The applications of `call` that `wanted` asks for ("q" words, "state"), oldest first."""
    rows = _searched(call.applications.order_by("submitted_at", "pk"), wanted.get("q", ""))
    state = wanted.get("state", "")
    if state == "mine":
        return rows.filter(pk__in=reviews.waiting_for(by, call).values("pk"))
    return rows.filter(state=state) if state else rows


def is_narrowed(wanted: Mapping[str, str]) -> bool:
    """Whether the reader looks for something, rather than over everything."""
    return bool(wanted.get("state") or search_key(wanted.get("q", "")))


def counts(call: Call) -> tuple[dict[str, int], int]:
    """How many applications are in each state, and how many pairs look alike; one question."""
    pairs = likenesses.open_pairs(call).order_by().values("first__call").annotate(n=Count("pk"))
    rows = (
        call.applications.order_by()
        .values("state")
        .annotate(n=Count("pk"), pairs=Subquery(pairs.values("n"), output_field=IntegerField()))
    )
    found = list(rows)
    return {row["state"]: row["n"] for row in found}, next((row["pairs"] or 0 for row in found), 0)


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


class Pages(Paginator):
    """Pages that count nothing that is known already, and read only the rows they show.

    Each row has `findings`, the number of people who have looked at it.
    """

    def __init__(
        self,
        rows: QuerySet[Application],
        wanted: Mapping[str, str],
        counts: Mapping[str, int],
    ) -> None:
        super().__init__(rows, PER_PAGE)
        self._rows = rows
        state = wanted.get("state", "")
        self._known: int | None = None
        if not search_key(wanted.get("q", "")) and state != "mine":
            self._known = counts.get(state, 0) if state else sum(counts.values())

    @cached_property
    def count(self) -> int:
        """How many there are in all."""
        return self._rows.count() if self._known is None else self._known

    def page(self, number: int | str) -> Any:
        """The page with this number; raises what every paginator raises."""
        number = self.validate_number(number)
        begin = (number - 1) * PER_PAGE
        shown = self._rows.values("pk")[begin : begin + PER_PAGE]
        rows = Application.objects.filter(pk__in=shown).order_by("submitted_at", "pk")
        return Page(rows.annotate(findings=_findings()).only(*SHOWN), number, self)


def _findings() -> Coalesce:
    looked = Review.objects.filter(application=OuterRef("pk")).order_by().values("application")
    counted = looked.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


SHOWN = ("call_id", "reference", "name", "state", "way", "submitted_at", "erased_at")

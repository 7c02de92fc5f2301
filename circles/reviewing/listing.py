"""The office's list of applications, page by page, at any size; `finding` says which ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from circles.applying import likenesses
from circles.models import Application, Call, Review
from foundation.languages import search_key

PER_PAGE = 25


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


class Pages(Paginator):
    """Pages that count nothing that is known already, and read only the rows they show.

    Each row has `findings`, the number of people who have looked at it.
    """

    def __init__(
        self,
        rows: QuerySet[Application],
        wished: Mapping[str, str],
        counts: Mapping[str, int],
    ) -> None:
        super().__init__(rows, PER_PAGE)
        self._rows = rows
        state = wished["wish"]
        self._known: int | None = None
        if not search_key(wished["words"]) and state in ("", *Application.State):
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

"""The office's list of applications, page by page, at any size; `finding` says which ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst

from circles.models import Application, Call, Review
from foundation.languages import search_key

PER_PAGE = 25


def counts(call: Call) -> dict[str, int]:
    """How many applications of the call are in each state; states with none lack."""
    rows = call.applications.order_by().values("state").annotate(n=Count("*"))
    return {row["state"]: row["n"] for row in rows}


class Pages(Paginator):
    """Pages that count nothing that is known already, and read only the rows they show.

    Each row has `findings`, how many people have looked at it, and `label`, its state in words.
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
        found = list(rows.annotate(findings=_findings()).only(*SHOWN))
        labels = {value: capfirst(label) for value, label in Application.State.choices}
        for each in found:
            each.label = labels[each.state]  # type: ignore[attr-defined]
        return Page(found, number, self)


def _findings() -> Coalesce:
    looked = Review.objects.filter(application=OuterRef("pk")).order_by().values("application")
    counted = looked.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


SHOWN = ("reference", "name", "state", "submitted_at", "erased_at")

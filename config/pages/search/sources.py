"""What can be found: one source for each kind of page, beginning with what its reader may see."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Expression,
    F,
    Func,
    JSONField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.fields import BooleanField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.accounts.mandates import Actor

# The groups of the page; `Found.by_kind` says in which order they stand.
KINDS: dict[str, Promise | str] = {
    "partnership": _("Partnerships"),
    "project": _("Projects and City Labs"),
    "city": _("Cities and regions"),
    "actor": _("Actors"),
    "topic": _("Topics"),
    "event": _("Calendar of events"),
    "forum": _("Forums"),
    "learning": _("Learning networks"),
    "session": _("Sessions and resolutions"),
    "vision": _("Visions and their threads"),
    "idea": _("Ideas"),
    "order": _("Work orders"),
    "circle": _("Innovation circles"),
    "call": _("Calls"),
    "result": _("Results"),
    "news": _("News"),
}


class Gathered(Func):
    """Columns as one JSON array: plain texts stay texts, texts of several languages objects."""

    function = "jsonb_build_array"
    output_field = JSONField()


def first_said(names: Sequence[str]) -> str:
    return next((name for name in names if name), "")


@dataclasses.dataclass(frozen=True)
class Source:
    """Rows of one model as a reader may see them, the words in them, and the way to their page.

    `names` count more than `texts`; `heading` makes the title of the hit of them. `at` are the
    arguments of `route`. `waits` marks what not everybody sees.
    Only columns that the page shows to each of its readers may be named here.
    """

    name: str
    kind: str
    rows: Callable[[Actor], QuerySet[Any]]
    names: tuple[str | Combinable, ...]
    texts: tuple[str | Combinable, ...]
    route: str
    at: tuple[str, ...] = ("slug",)
    anchor: str = ""
    day: str | Combinable | None = None
    heading: Callable[[Sequence[str]], str] = first_said
    label: Promise | str = ""
    invented: str = ""
    waits: Q | None = None

    def written(self, reader: Actor) -> QuerySet[Any]:
        """(id, names, texts, day) of all that `reader` may see."""
        return self._annotated(reader).values_list("pk", "found_names", "found_texts", "found_day")

    def told(self, reader: Actor, keys: list[int]) -> QuerySet[Any]:
        """The same rows with (…, arguments of the address, invented, waits), for a few of them."""
        found = (
            self._annotated(reader)
            .filter(pk__in=keys)
            .annotate(
                found_at=Gathered(*self.at),
                found_invented=F(self.invented) if self.invented else Value(False),
                found_waits=_whether(self.waits),
            )
        )
        return found.values_list(
            "pk", "found_names", "found_texts", "found_day",
            "found_at", "found_invented", "found_waits",
        )  # fmt: skip

    def _annotated(self, reader: Actor) -> QuerySet[Any]:
        day = F(self.day) if isinstance(self.day, str) else self.day
        return (
            self.rows(reader)
            .order_by()
            .annotate(
                found_names=Gathered(*self.names),
                found_texts=Gathered(*self.texts),
                found_day=day if day is not None else Cast(Value(None), DateField()),
            )
        )


def _whether(condition: Q | None) -> Expression:
    if condition is None:
        return Value(False)
    return Case(When(condition, then=True), default=False, output_field=BooleanField())

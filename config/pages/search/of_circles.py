"""What can be found of circles: themselves, their calls, and what came out of the work orders."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circles.models import Call, Circle, Decision, Measure, Result
from config.pages.search.sources import Source

WITHHELD = Q(state=Result.State.WITHHELD)
PREPARED = Q(state=Result.State.PREPARED)


def withheld_heading(names: Sequence[str]) -> str:
    return gettext("Result of work order %(number)s") % {"number": names[0]}


SOURCES = [
    # A circle's page is everybody's; what its members write stays in the room.
    Source(
        "circle", "circle", lambda _reader: Circle.objects.all(),
        ("name", "number"), ("purpose", "incomplete_reason"), "circle", invented="is_demo",
    ),
    # Trials are never found: `objects` does not know them.
    Source(
        "call", "call",
        lambda reader: Call.objects.visible_to(reader).filter(state__in=["draft", "open"]),
        ("question", "circle__name"), ("task", "effort", "not_needed", "allowance"), "call",
        at=("circle__slug",), invented="circle__is_demo", waits=Q(state=Call.State.DRAFT),
    ),
    Source(
        "result", "result", lambda reader: Result.objects.visible_to(reader).exclude(WITHHELD),
        ("title", "work_order__number"), ("summary", "text", "press_text"), "result",
        at=("work_order__number",), day=TruncDate("settled_at"), invented="is_demo", waits=PREPARED,
    ),
    Source(
        "withheld", "result", lambda reader: Result.objects.visible_to(reader).filter(WITHHELD),
        ("work_order__number",), ("withheld_reason",), "result", at=("work_order__number",),
        day=TruncDate("settled_at"), heading=withheld_heading, invented="is_demo",
    ),
    Source(
        "measure", "result",
        lambda reader: Measure.objects.filter(
            result__in=Result.objects.visible_to(reader).exclude(WITHHELD)
        ),
        ("title",), ("description", "responsible", "reason"), "result",
        at=("result__work_order__number",), anchor="massnahmen",
        label=_("Measure"), invented="result__is_demo",
        waits=Q(result__state=Result.State.PREPARED),
    ),
    # Minority statements and objections are read on its page; what is under way stays in the room.
    Source(
        "decision", "circle", lambda _reader: Decision.objects.decided(),
        ("title", "number"), ("wording",), "decision_public", at=("circle__slug", "n"),
        day=TruncDate("decided_at"), label=_("Decision"), invented="circle__is_demo",
    ),
]  # fmt: skip

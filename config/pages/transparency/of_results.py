"""Results with what became of them, and the answers that should have come by now."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Measure, Result
from circles.resulting import reading
from config.pages.transparency import sheets
from config.pages.transparency.sheets import Line, Sheet


def results() -> Sheet:
    """Every result that was published or withheld, the newest first."""
    today = timezone.localdate()
    return Sheet(
        "ergebnisse",
        _("Results, and what became of them"),
        _("What came out of work orders, how its measures stand, and until when we answer."),
        (
            _("Work order"), _("Result"), _("State"), _("On"), _("Measures"), _("Done"),
            _("Not taken up"), _("Answers"), _("Next answer by"), _("Overdue"),
            _("Reason for not publishing"),
        ),
        [_result(each, today) for each in reading.listed(AnonymousUser())],
        _("No result has been published yet."),
        frozenset(range(4, 8)),
    )  # fmt: skip


def overdue() -> list[Line]:
    """Results whose answer is missing, and measures that are late."""
    today = timezone.localdate()
    answers = reading.listed(AnonymousUser(), overdue_only=True)
    measures = Measure.objects.late(today).select_related("result__work_order").order_by("due_on")
    return [
        *(
            Line(
                (
                    _("Answer: what became of it?"),
                    str(each.title),
                    sheets.day(each.owed_on),  # type: ignore[attr-defined]
                    _("not answered"),
                ),
                _page(each),
                each.is_demo,
            )
            for each in answers
        ),
        *(
            Line(
                (
                    _("Measure of a result"),
                    str(each.title),
                    sheets.day(each.due_on),
                    str(each.get_state_display()),
                ),
                f"{_page(each.result)}#massnahme-{each.n}",
                each.result.is_demo,
            )
            for each in measures
        ),
    ]


def _result(result: Result, today: dt.date) -> Line:
    states = [each.state for each in result.measures.all()] if result.is_public else []
    owed_on: dt.date | None = result.owed_on  # type: ignore[attr-defined]
    counts = (
        len(states),
        states.count(Measure.State.DONE),
        states.count(Measure.State.REJECTED),
        len(result.answers.all()),
    )
    return Line(
        (
            result.work_order.number,
            str(result.title) if result.is_public else "",
            str(result.get_state_display()),
            sheets.day(result.settled_at) if result.settled_at else "",
            *(str(count) for count in counts),
            sheets.day(owed_on) if owed_on else "",
            _("yes") if owed_on and owed_on < today else _("no"),
            str(result.withheld_reason),
        ),
        _page(result),
        result.is_demo,
    )


def _page(result: Result) -> str:
    return reverse("result", args=[result.work_order.number])

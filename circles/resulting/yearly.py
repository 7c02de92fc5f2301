"""The report of a calendar year: results, measures, answers; a PDF made by the worker.

It is not sealed: it tells again what stands on the pages, and changes until they do not.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from circles.models import Measure, MeasureStep, Result, ResultAnswer, YearReport
from formats.printing import digest_of
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.rendering import render_pdf
from foundation.effects import work
from foundation.effects.models import Effect

EFFECT = "result.year"


@dataclasses.dataclass(frozen=True)
class Year:
    """What one calendar year brought; `overdue` are answers that its last day found missing."""

    year: int
    published: Sequence[Result]
    withheld: Sequence[Result]
    measures: Sequence[tuple[str, int]]
    answers: Sequence[ResultAnswer]
    late: int
    overdue: Sequence[tuple[Result, dt.date]]


def years() -> list[int]:
    """Years with a result that was published or withheld, up to this one, the newest first."""
    settled = Result.objects.filter(settled_at__isnull=False)
    first = settled.order_by("settled_at").values_list("settled_at", flat=True).first()
    if first is None:
        return []
    return list(range(timezone.localdate().year, timezone.localtime(first).year - 1, -1))


def figures(year: int) -> Year:
    """Everything that the report of `year` says."""
    end = min(dt.date(year, 12, 31), timezone.localdate())
    settled = Result.objects.filter(settled_at__year=year).select_related("work_order")
    answers = list(
        ResultAnswer.objects.filter(given_on__year=year)
        .select_related("result__work_order")
        .order_by("given_on", "pk")
    )
    return Year(
        year=year,
        published=list(settled.filter(state=Result.State.PUBLISHED).order_by("settled_at")),
        withheld=list(settled.filter(state=Result.State.WITHHELD).order_by("settled_at")),
        measures=_measures(end),
        answers=answers,
        late=sum(each.was_late for each in answers),
        overdue=_overdue(end),
    )


def page_of(year: int) -> str:
    """The HTML of the report."""
    context = {
        "document_language": "de",
        "document_number": "",
        "muster": settings.DEMO,
        "is_over": year < timezone.localdate().year,
        "office": settings.OFFICE_NAME,
        "public_url": settings.PUBLIC_URL,
    }
    with translation.override("de"):
        return render_to_string("print/result_year.html", {**context, "of": figures(year)})


def order_stale() -> None:
    """Order each report that does not say what its figures say today."""
    for year in years():
        digest = digest_of(page_of(year))
        if not YearReport.objects.filter(year=year, digest=digest).exists():
            work.request(EFFECT, f"{year}-{digest}", queue=Effect.Queue.PDF, year=year)


def make(year: int) -> YearReport:
    """Render and keep the report of today's figures, once."""
    page = page_of(year)
    digest = digest_of(page)
    known = YearReport.objects.filter(year=year, digest=digest).first()
    if known is not None:
        return known
    pdf = render_pdf(
        page,
        title=f"{settings.OFFICE_NAME}: Ergebnisse {year}",
        language="de",
        created=dt.datetime(year, 1, 1, tzinfo=dt.UTC),
        identifier=digest,
    )
    with transaction.atomic():
        stored = files.store(pdf, name=f"ergebnisse-{year}.pdf", media_type="application/pdf")
        made = YearReport.objects.create(year=year, digest=digest, file=stored)
        trail.record("result-year.made", made, by=None, sha256=stored.sha256)
    return made


def newest(year: int) -> YearReport | None:
    """The report that was made last; it may be an hour behind the pages."""
    return YearReport.objects.filter(year=year).select_related("file").first()


def made() -> list[int]:
    """Years whose report can be had, the newest first."""
    return sorted(set(YearReport.objects.values_list("year", flat=True)), reverse=True)


def _measures(end: dt.date) -> list[tuple[str, int]]:
    """How many measures stood how at the end of that day."""
    steps = MeasureStep.objects.filter(at__date__lte=end).order_by("measure_id", "-pk")
    states = steps.distinct("measure_id").values_list("further_use", flat=True)
    counted = Counter(states)
    return [
        (str(state.label), counted[state])
        for state in Measure.State
        if state != Measure.State.UNSAID
    ]


def _overdue(end: dt.date) -> list[tuple[Result, dt.date]]:
    """Results whose answer was missing at the end of that day, and since when."""
    found = (
        Result.objects.filter(state=Result.State.PUBLISHED, settled_at__date__lte=end)
        .select_related("work_order")
        .prefetch_related("answers")
        .order_by("settled_at")
    )
    rows = []
    for result in found:
        given = [each for each in result.answers.all() if each.given_on <= end]
        owed_on = given[-1].next_due_on if given else result.answer_due_on
        if owed_on is not None and owed_on < end:
            rows.append((result, owed_on))
    return rows

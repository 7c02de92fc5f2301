"""A published result as a sealed document: what was asked, decided, and is to be done with it.

Made by the worker, once; a killed worker leaves nothing, and the next one finds what is there.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation

from circles.deciding.records import record_of
from circles.models import Circle, MeasureStep, Result, Seat
from circles.resulting import decisions
from foundation.documents.issuing import issue_once
from foundation.documents.models import Release
from foundation.effects import work
from foundation.effects.models import Effect

EFFECT = "result.paper"
KIND = "result"


def order(result: Result) -> None:
    """Have the worker make the document, once."""
    work.request(EFFECT, str(result.pk), queue=Effect.Queue.PDF, result_id=result.pk)


def issue(result_id: int) -> Release:
    """Render, seal and list the document of a published result, once."""
    found = Result.objects.select_related(
        "work_order__vision", "work_order__presented_in__body", "decision__version", "event"
    )
    result = found.get(pk=result_id, state=Result.State.PUBLISHED)
    number = number_of(result)
    return issue_once(
        result,
        KIND,
        lambda: _page_of(result),
        number=number,
        title=f"{number}: {result.title.best('de')[0]}",
        created=result.settled_at,
        name=f"{number}.pdf",
    )


def number_of(result: Result) -> str:
    """Such as ERG-AA-2026-03."""
    return f"ERG-{result.work_order.number}"


def _page_of(result: Result) -> str:
    with translation.override("de"):
        return render_to_string("print/result.html", context_of(result))


def context_of(result: Result) -> dict[str, object]:
    """What the document states: everything as it stood when the result was published."""
    circle = Circle.objects.filter(work_order=result.work_order_id).first()
    return {
        "result": result,
        "order": result.work_order,
        "circle": circle,
        "members": _named(circle) if circle else [],
        "decision": decisions.main_record(result, with_rounds=True),
        "passages": decisions.passages(result),
        "other_decisions": [record_of(each) for each in decisions.others(result)],
        "measures": _at_publication(result),
        "muster": result.is_demo or settings.DEMO,
        "document_language": "de",
        "document_number": number_of(result),
        "public_url": settings.PUBLIC_URL,
    }


def _named(circle: Circle) -> list[Seat]:
    """Members who agreed to be named, by seat."""
    taken = circle.seats.filter(state=Seat.State.TAKEN, name_is_public=True)
    return list(taken.select_related("holder").order_by("number"))


def _at_publication(result: Result) -> list[MeasureStep]:
    """The first step of each measure that was part of the result."""
    steps = MeasureStep.objects.filter(measure__result=result, at=F("measure__result__settled_at"))
    return list(steps.select_related("measure").order_by("measure__n"))

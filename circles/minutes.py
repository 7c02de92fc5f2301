"""The draw record as a sealed PDF: who, when, how, and what came out, by ticket and not by name."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from circles import lottery, records
from circles.models import Draw, DrawResult
from foundation.documents import releases, rendering, sealing
from foundation.documents.models import Release

KIND = "draw-minutes"


def issue(draw_pk: int) -> Release:
    """Render, seal and list the public minutes of a draw; the same bytes on every call."""
    draw = Draw.objects.select_related("call__circle", "call__meeting__body").get(pk=draw_pk)
    known = releases.latest(draw, KIND)
    if known is not None:
        return known
    result = DrawResult.objects.select_related("declaration").get(draw=draw)
    number = minutes_number(draw)
    with translation.override("de"):
        html = render_to_string("print/draw_minutes.html", minutes_context(draw, result))
    pdf = rendering.render_pdf(
        html,
        title=f"Losprotokoll {draw.call.draw_id}",
        language="de",
        number=number,
        created=result.drawn_at,
        identifier=number,
    )
    return releases.release(
        sealing.certify(pdf),
        draw,
        number=number,
        kind=KIND,
        stage=Release.Stage.FINAL,
        name=f"Losprotokoll-{draw.call.draw_id}.pdf",
        by=None,
    )


def minutes_number(draw: Draw) -> str:
    """Such as LOS-iz-2026-02."""
    return f"LOS-{draw.call.draw_id}"


def minutes_context(draw: Draw, result: DrawResult) -> dict[str, object]:
    """Everything the minutes state."""
    order = lottery.Result.from_bytes(bytes(result.result_txt)).order
    return {
        "draw": draw,
        "call": draw.call,
        "circle": draw.call.circle,
        "meeting": draw.call.meeting,
        "record": records.of(result.declaration),
        "declarations": draw.declarations.exclude(confirmed_at=None),
        "declaration": result.declaration,
        "dice": result.declaration.agreed_value if result.declaration.dice_count else None,
        "beacon": result.declaration.beacon if result.declaration.drand_round else None,
        "result": result,
        "seats": list(enumerate(order[: draw.seats], start=1)),
        "reserve": list(enumerate(order[draw.seats :], start=draw.seats + 1))[:20],
        "reserve_more": max(0, len(order) - draw.seats - 20),
        "criteria": draw.call.criteria.all(),
        "muster": draw.call.is_demo,
        "document_language": "de",
        "document_number": minutes_number(draw),
        "public_url": settings.PUBLIC_URL,
    }

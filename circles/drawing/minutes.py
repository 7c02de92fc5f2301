"""The draw record as two sealed PDFs: who, when, how, and what came out, by ticket.

The public one tells functions and counts; the internal one names who led, threw and watched.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from circles import lottery
from circles.drawing import fingerprints, quota_draws, records, roles
from circles.models import Declaration, Draw, DrawResult
from foundation.accounts.models import User
from foundation.documents.issuing import issue_once
from foundation.documents.models import Release

KIND = "draw-minutes"
INTERNAL_KIND = "draw-minutes-internal"


def issue(draw_pk: int) -> Release:
    """Render, seal and list both minutes of a draw, once; returns the public ones."""
    draw = Draw.objects.select_related("call__circle", "call__meeting__body").get(pk=draw_pk)
    result = DrawResult.objects.select_related("declaration").get(draw=draw)
    _issue(draw, result, internal=True)
    return _issue(draw, result, internal=False)


def _issue(draw: Draw, result: DrawResult, *, internal: bool) -> Release:
    return issue_once(
        draw,
        INTERNAL_KIND if internal else KIND,
        lambda: _page_of(draw, result, internal=internal),
        number=minutes_number(draw, internal=internal),
        title=f"Losprotokoll {draw.call.draw_id}{', intern' if internal else ''}",
        created=result.drawn_at,
        name=f"Losprotokoll-{draw.call.draw_id}{'-intern' if internal else ''}.pdf",
    )


def _page_of(draw: Draw, result: DrawResult, *, internal: bool) -> str:
    with translation.override("de"):
        return render_to_string(
            "print/draw_minutes.html", minutes_context(draw, result, internal=internal)
        )


def minutes_number(draw: Draw, *, internal: bool = False) -> str:
    """Such as LOS-iz-2026-02, the internal ones LOSI-iz-2026-02."""
    return f"{'LOSI' if internal else 'LOS'}-{draw.call.draw_id}"


def minutes_context(draw: Draw, result: DrawResult, *, internal: bool) -> dict[str, object]:
    """Everything the minutes state; names of people in the room only in the internal ones."""
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
        "beacon": getattr(result.declaration, "beacon", None),
        "fallback": getattr(result.declaration, "fallback_value", None),
        "stamp": fingerprints.stamp_of(result.declaration),
        "chances": quota_draws.chances_of(draw),
        "result": result,
        "seats": list(enumerate(order[: draw.seats], start=1)),
        "reserve": list(enumerate(order[draw.seats :], start=draw.seats + 1))[:20],
        "reserve_more": max(0, len(order) - draw.seats - 20),
        "criteria": draw.call.criteria.all(),
        "acting": _acting(draw, result.declaration),
        "internal": internal,
        "muster": draw.call.is_demo,
        "document_language": "de",
        "document_number": minutes_number(draw, internal=internal),
        "public_url": settings.PUBLIC_URL,
    }


def _acting(
    draw: Draw, declaration: Declaration
) -> list[tuple[str, User, str, dt.datetime | None]]:
    """Who did each step of two people: what, the person, their function and since when."""
    done: list[tuple[str, User, dt.datetime]] = [
        ("Erklärung vorgeschlagen", declaration.proposed_by, declaration.proposed_at)
    ]
    if declaration.confirmed_by is not None and declaration.confirmed_at is not None:
        done.append(("Erklärung bestätigt", declaration.confirmed_by, declaration.confirmed_at))
    if declaration.dice_count:
        agreed = declaration.agreed_value
        done += [
            ("Würfel eingetragen", each.entered_by, each.entered_at)
            for each in (agreed.first_entry, agreed.second_entry)
        ]
    found = [(what, who, roles.mandate_at(who, draw.call, at)) for what, who, at in done]
    return [
        (
            what,
            who,
            (held.function or held.get_role_display()) if held else "",
            held.starts_at if held else None,
        )
        for what, who, held in found
    ]

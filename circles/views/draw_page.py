"""The public side of a draw: four steps, every file, and how to check them without us."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Subquery, Sum, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles import lottery
from circles.drawing import (
    corrections,
    draws,
    fingerprints,
    freezing,
    minutes,
    motions,
    quota_draws,
    tickets,
)
from circles.models import (
    AuditSample,
    Call,
    Declaration,
    Draw,
    DrawMotion,
    DrawResult,
    Offer,
    PoolCorrection,
    Seat,
)
from circles.seating import turns
from foundation.documents import files, releases

PAGE_RESERVE = 20
Correction = tuple[PoolCorrection, list[str], list[str]]
ANNULMENTS = DrawMotion.objects.annulments().filter(draw=OuterRef("pk"))
EVIDENCE = ("agreed_value", "beacon", "fallback_value", "activation", "stamp")
PUBLIC_STATES = (
    Call.State.FROZEN, Call.State.DRAWN, Call.State.ALL_ADMITTED, Call.State.WITHDRAWN,
)  # fmt: skip


@require_safe
def draw_list(request: HttpRequest) -> HttpResponse:
    """Every draw with its figures, newest first."""
    found = (
        Draw.objects.select_related("call__circle")
        .defer("pool_txt", "rejected_txt", "lottery_txt")
        .annotate(annulled=Exists(ANNULMENTS))
        .order_by("-frozen_at")
    )
    return render(request, "circles/draw_list.html", {"draws": found})


@require_safe
def draw_page(request: HttpRequest, draw_id: str) -> HttpResponse:
    """One draw, as far as it has come."""
    draw = public_draw(draw_id)
    prefetch_related_objects([draw], "events")  # read by the seats and by the steps
    results = DrawResult.objects.filter(draw=draw)
    result = results.select_related(*(f"declaration__{name}" for name in EVIDENCE)).first()
    declaration = result.declaration if result else _in_force(draw)
    order = lottery.Result.from_bytes(bytes(result.result_txt)).order if result else ()
    agreed = getattr(declaration, "agreed_value", None) if declaration else None
    made = _corrections(draw)
    return render(
        request,
        "circles/draw_page.html",
        {
            "draw": draw,
            "call": draw.call,
            "circle": draw.call.circle,
            "declaration": declaration,
            "lapsed": _lapsed(draw, made),
            "agreed": agreed,
            "beacon": getattr(declaration, "beacon", None) if declaration else None,
            "stamp": fingerprints.stamp_of(declaration),
            "fallback": getattr(declaration, "fallback_value", None) if declaration else None,
            "given_up": _given_up(declaration),
            "corrections": made,
            "refusals": freezing.refusals(draw),
            "withdrawal": motions.withdrawal_of(draw)
            if draw.call.state == Call.State.WITHDRAWN
            else None,
            "annulment": motions.annulment_of(draw) if draw.annulled else None,  # type: ignore[attr-defined]
            "result": result,
            "chances": quota_draws.chances_of(draw),
            "quotas_waived": draw.call.state == Call.State.ALL_ADMITTED
            and draw.call.attributes.exists(),
            "seats": _seat_cards(draw, order, turns.waived(draw, result)),
            "reserve": [
                (n, tickets.short_ticket(ticket))
                for n, ticket in enumerate(
                    order[draw.seats : draw.seats + PAGE_RESERVE], start=draw.seats + 1
                )
            ],
            "reserve_count": max(0, len(order) - draw.seats),
            "dice": [int(digit) for digit in agreed.digits] if agreed else [],
            "trail": [
                {"url": reverse("circle_list"), "label": _("Innovation circles")},
                {
                    "url": reverse("circle", args=[draw.call.circle.slug]),
                    "label": str(draw.call.circle.name),
                },
                {"url": reverse("draw_list"), "label": _("Draws")},
            ],
            "events": draw.events.all(),
            "minutes": releases.latest(draw, minutes.KIND),
        },
    )


@require_safe
def draw_file(request: HttpRequest, draw_id: str, name: str) -> HttpResponse:
    """One published file, byte for byte."""
    data = draws.published_files(public_draw(draw_id)).get(name)
    if data is None:
        raise Http404
    kind = (
        "application/timestamp-reply" if name.endswith(".tsr") else "text/plain; charset=us-ascii"
    )
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def draw_minutes(request: HttpRequest, draw_id: str) -> HttpResponse:
    """The sealed minutes."""
    release = releases.latest(public_draw(draw_id), minutes.KIND)
    if release is None:
        raise Http404
    response = HttpResponse(files.read(release.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{release.file.name}"'
    return response


def public_draw(draw_id: str) -> Draw:
    """A draw whose pool is public; 404 for every other."""
    opened = AuditSample.objects.filter(draw=OuterRef("pk")).order_by().values("draw")
    made = PoolCorrection.objects.filter(draw=OuterRef("pk"), confirmed_at__isnull=False)
    return get_object_or_404(
        Draw.objects.select_related("call__circle", "call__meeting__body").annotate(
            opened=Subquery(opened.annotate(all=Sum("size")).values("all")),
            corrected=Exists(made),
            annulled=Exists(ANNULMENTS),
        ),
        call__draw_id=draw_id,
        call__state__in=PUBLIC_STATES,
    )


def _in_force(draw: Draw) -> Declaration | None:
    """The public declaration with all that hangs on it, in one query."""
    public = draw.declarations.filter(lapsed_at=None, confirmed_at__isnull=False)
    return public.select_related(*EVIDENCE).first()


def _corrections(draw: Draw) -> list[Correction]:
    """Corrections that two people made; asked for only where there are any."""
    return corrections.differences(draw) if getattr(draw, "corrected", True) else []


def _lapsed(draw: Draw, made: list[Correction]) -> list[tuple[Declaration, bool]]:
    """Declarations no longer in force, each with whether a correction of the pool ended it."""
    ends = {correction.confirmed_at for correction, _came, _went in made}
    lapsed = draw.declarations.exclude(lapsed_at=None).exclude(confirmed_at=None)
    return [(each, each.lapsed_at in ends) for each in lapsed]


def _given_up(declaration: Declaration | None) -> dt.datetime | None:
    """When two people gave the beacon up, if they did."""
    activation = getattr(declaration, "activation", None) if declaration else None
    return activation.confirmed_at if activation else None


def _seat_cards(
    draw: Draw, order: tuple[str, ...], waived: tuple[str, ...]
) -> list[dict[str, object]]:
    """The seats by lot: ticket, state of its offer, and a name only with consent."""
    cards = []
    newest: dict[int, Offer] = {}
    offers = draw.offers.select_related("seat__holder", "application").order_by("pk")
    for offer in offers:
        newest[offer.seat_id] = offer
    for offer in sorted(newest.values(), key=lambda one: one.seat.number):
        accepted = offer.state == Offer.State.ACCEPTED
        seat = offer.seat
        shown = accepted and seat.name_is_public and seat.holder is not None
        cards.append(
            {
                "number": seat.number,
                "ticket": tickets.short_ticket(offer.application.ticket),
                "offer": offer,
                "waived": offer.application.ticket in waived,
                "state": Seat.State.FREE if offer.state == Offer.State.VOID else seat.state,
                "name": seat.holder.name if shown and seat.holder else "",
            }
        )
    if not cards:
        cards = [
            {
                "number": n + 10,
                "ticket": tickets.short_ticket(ticket),
                "offer": None,
                "state": "offered",
                "name": "",
            }
            for n, ticket in enumerate(order[: draw.seats], start=1)
        ]
    return cards

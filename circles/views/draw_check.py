"""Checking a draw without us: the verifier in the browser, its copy for offline, the sheet."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles import lottery
from circles.drawing import declarations, draws
from circles.models import Declaration, Draw, DrawResult
from circles.views.draw_page import public_draw

CHECKED = frozenset(
    f"{kind}.txt" for kind in ("declaration", "pool", "lottery", "rejected", "seed", "result")
)
IMPORT = 'import { Fault, NAMES, verify } from "./los1.js";\n'


@require_safe
def lottery_check(request: HttpRequest) -> HttpResponse:
    """The verifier for files from anywhere: it takes them by file input."""
    return render(request, "circles/draw_check.html", {"trail": _trail(None)})


@require_safe
def draw_check(request: HttpRequest, draw_id: str) -> HttpResponse:
    """The verifier with the files of one draw at hand."""
    draw = public_draw(draw_id)
    result, declaration = _standing(draw)
    names = [name for name in draws.published_files(draw) if name in CHECKED] if result else []
    context = {
        "draw": draw,
        "call": draw.call,
        "circle": draw.call.circle,
        "result": result,
        "declaration": declaration,
        "names": " ".join(names),
        "trail": _trail(draw),
    }
    return render(request, "circles/draw_check.html", context)


@require_safe
def lottery_check_copy(request: HttpRequest) -> HttpResponse:
    """The verifier as one file that needs neither us nor a network; for download only."""
    page = render_to_string("circles/draw/check_copy.html", request=request)
    program = _source("los1.js") + "\n" + _source("los1_form.js").replace(IMPORT, "")
    # The copy is no page of ours (attachment, no address, no cookie): its script stands in it.
    whole = page.replace("<!-- los1.js -->", f'<script type="module">\n{program}</script>')
    response = HttpResponse(whole)
    response["Content-Disposition"] = 'attachment; filename="los1-pruefen.html"'
    return response


@require_safe
def draw_guide(request: HttpRequest, draw_id: str) -> HttpResponse:
    """How to check it alone, in plain words, on one sheet to print."""
    draw = public_draw(draw_id)
    result, declaration = _standing(draw)
    context = {
        "draw": draw,
        "call": draw.call,
        "circle": draw.call.circle,
        "result": result,
        "declaration": declaration,
        "by_hand": _by_hand(draw, result) if result else None,
        "trail": _trail(draw),
        "address": settings.PUBLIC_URL + reverse("draw_page", args=[draw_id]),
    }
    return render(request, "circles/draw_guide.html", context)


def _standing(draw: Draw) -> tuple[DrawResult | None, Declaration | None]:
    """The result, if there is one, and the declaration that everybody may see."""
    result = DrawResult.objects.filter(draw=draw).select_related("declaration").first()
    declaration = result.declaration if result else declarations.in_force(draw)
    is_public = declaration is not None and declaration.confirmed_at is not None
    return result, declaration if is_public else None


def _by_hand(draw: Draw, result: DrawResult) -> list[dict[str, object]] | None:
    """The ranks of the first and of the last seat, to set one's own beside; None with quotas."""
    told = lottery.Declaration.from_bytes(bytes(result.declaration.declaration_txt))
    if told.lottery != "-":
        return None
    order = lottery.Result.from_bytes(bytes(result.result_txt)).order
    key = bytes.fromhex(result.seed_sha256)
    return [
        {"place": place, "ticket": ticket, "rank": lottery.rank(key, ticket).hex()}
        for place, ticket in enumerate(order[: draw.seats], start=1)
        if place in {1, draw.seats}
    ]


def _trail(draw: Draw | None) -> list[dict[str, str]]:
    trail = [{"url": reverse("draw_list"), "label": _("Draws")}]
    if draw is not None:
        url = reverse("draw_page", args=[draw.call.draw_id])
        trail.append({"url": url, "label": str(draw.call.circle.name)})
    return trail


def _source(name: str) -> str:
    return (settings.BASE_DIR / "static" / "los1" / name).read_text()

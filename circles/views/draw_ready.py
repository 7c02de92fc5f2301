"""Before the session: what is missing, and the script that the chair reads from."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles.drawing import declarations, drand, fallbacks, quota_draws, readiness
from circles.models import Call, Draw
from circles.views.draw_desk import call_of, trail_of


@login_required
@require_safe
def draw_ready(request: HttpRequest, call_id: int) -> HttpResponse:
    """Everything that the evening needs, each with what to do about it."""
    call = call_of(request, call_id)
    found = readiness.points(call)
    context = {
        "call": call,
        "circle": call.circle,
        "points": found,
        "open": sum(not point.is_ready for point in found),
        "trail": desk_trail(call),
    }
    return render(request, "circles/draw_ready.html", context)


@login_required
@require_safe
def draw_script(request: HttpRequest, call_id: int) -> HttpResponse:
    """What the chair says and does, in order, with the fingerprint to read out; to print."""
    call = call_of(request, call_id)
    draw = Draw.objects.filter(call=call).first()
    declaration = declarations.in_force(draw) if draw else None
    if declaration is not None and declaration.confirmed_at is None:
        declaration = None
    number = declaration.drand_round if declaration else None
    context = {
        "call": call,
        "circle": call.circle,
        "draw": draw,
        "declaration": declaration,
        "out_at": drand.time_of(number) if number else None,
        "fallback_until": fallbacks.sales_close(declaration) if declaration else None,
        "chances": quota_draws.chances_of(draw) if draw else None,
        "address": settings.PUBLIC_URL + reverse("draw_live", args=[call.draw_id]),
        "trail": desk_trail(call),
    }
    return render(request, "circles/draw_script.html", context)


def desk_trail(call: Call) -> list[dict[str, str]]:
    """The way back to the desk of this draw."""
    label = _("Draw for “%(name)s”") % {"name": call.circle.name}
    return [*trail_of(call), {"url": reverse("draw_desk", args=[call.pk]), "label": label}]

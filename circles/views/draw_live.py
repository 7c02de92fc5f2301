"""A draw on the big screen and on the phones in the room."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from circles.drawing import live
from circles.models import Draw
from circles.views.draw_page import PUBLIC_STATES


@require_safe
def draw_live(request: HttpRequest, draw_id: str) -> HttpResponse:
    """Fingerprint, countdown, dice and places, large; follows by itself, and by reload.

    A script asks with `If-None-Match` and gets 304 while nothing has happened.
    """
    public = Draw.objects.filter(call__draw_id=draw_id, call__state__in=PUBLIC_STATES)
    draw = get_object_or_404(
        public.select_related("call__circle", "call__meeting").defer("pool_txt", "rejected_txt")
    )
    stage = live.stage_of(draw)
    facts = f"{stage.facts} {request.LANGUAGE_CODE}"
    etag = f'"{hashlib.sha256(facts.encode()).hexdigest()[:24]}"'
    context: dict[str, Any] = {"stage": stage, "draw": draw, "call": draw.call, "etag": etag}
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    elif "teil" in request.GET:
        response = HttpResponse(render_to_string("circles/draw_live_stage.html", context, request))
    else:
        # A hall is dark, and so is its screen.
        response = render(request, "circles/draw_live.html", {**context, "theme": "dark"})
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response

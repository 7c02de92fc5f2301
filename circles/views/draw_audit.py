"""What auditors read: every draw of their mandate, and its file as ZIP."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from circles import dossiers, draw_permissions
from foundation.access import require
from foundation.accounts.people import myself

A_PAGE = 20


@login_required
@require_safe
def draw_audit(request: HttpRequest) -> HttpResponse:
    """The draws that this person may audit."""
    require(draw_permissions.can_audit_draws(request.user))
    pages = Paginator(dossiers.open_to(request.user), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "circles/draw_audit.html", {"page_obj": page})


@login_required
@require_safe
def draw_audit_file(request: HttpRequest, draw_id: str) -> HttpResponse:
    """The file of one draw; that it was read is logged."""
    require(draw_permissions.can_audit_draws(request.user))
    open_draws = (draw for draw in dossiers.open_to(request.user) if draw.call.draw_id == draw_id)
    draw = next(open_draws, None)
    if draw is None:
        raise Http404
    data = dossiers.hand_out(draw, by=myself(request))
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="auslosung-{draw_id}.zip"'
    return response

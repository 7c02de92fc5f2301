"""What auditors read: every draw of their mandate, and its file as ZIP."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles import draw_permissions
from circles.drawing import dossiers, samples
from circles.forms.draw import SampleForm
from circles.models import Draw
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once

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
    draw = _audited(request, draw_id)
    data = dossiers.hand_out(draw, by=myself(request))
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="auslosung-{draw_id}.zip"'
    return response


@login_required
@once
def draw_samples(request: HttpRequest, draw_id: str) -> HttpResponse:
    """The samples of a draw, and the form for the next one."""
    draw = _audited(request, draw_id)
    form = SampleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sample = samples.draw_sample(draw, form.cleaned_data["size"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("draw_sample", draw_id=draw_id, number=sample.number)
    context = {
        "draw": draw,
        "form": form,
        "left": samples.left(draw),
        "samples": draw.samples.select_related("drawn_by"),
        "is_drawn": hasattr(draw, "result"),
        "trail": _trail(),
    }
    return render(request, "circles/draw_samples.html", context)


@login_required
@require_safe
def draw_sample(request: HttpRequest, draw_id: str, number: int) -> HttpResponse:
    """The people behind the tickets of one sample; that they were looked at is logged."""
    draw = _audited(request, draw_id)
    sample = get_object_or_404(draw.samples.select_related("draw__call"), number=number)
    opened = samples.open_sample(sample, by=myself(request))
    context = {"draw": draw, "sample": sample, "opened": opened, "trail": _trail(draw)}
    return render(request, "circles/draw_sample.html", context)


def _audited(request: HttpRequest, draw_id: str) -> Draw:
    """The draw, for auditors of it; 404 and 403 otherwise."""
    require(draw_permissions.can_audit_draws(request.user))
    open_draws = (draw for draw in dossiers.open_to(request.user) if draw.call.draw_id == draw_id)
    draw = next(open_draws, None)
    if draw is None:
        raise Http404
    return draw


def _trail(draw: Draw | None = None) -> list[dict[str, str]]:
    trail = [{"url": reverse("draw_audit"), "label": _("Audit of draws")}]
    if draw is not None:
        url = reverse("draw_samples", args=[draw.call.draw_id])
        trail.append({"url": url, "label": _("Samples")})
    return trail

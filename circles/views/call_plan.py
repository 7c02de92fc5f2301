"""Planning a call backwards from a session: looked at first, then taken over into the form."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circles import permissions
from circles.calling import planning
from circles.forms.plan import PlanForm
from circles.models import Circle
from formats.models import Meeting
from foundation.access import require
from foundation.look import moments


@login_required
@require_safe
def call_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the session and see how the dates fall into place."""
    circle = get_object_or_404(Circle, slug=slug)
    require(permissions.can_write_call(request.user, circle))
    form = PlanForm(sessions(), request.GET or None)
    plan = _plan(form) if form.is_valid() else None
    context = {
        "circle": circle,
        "form": form,
        "plan": plan,
        "entries": plan.entries() if plan else (),
        "zone": settings.TIME_ZONE,
        "taken_over": request.GET.urlencode(),
    }
    return render(request, "circles/call_plan.html", context)


def sessions() -> QuerySet[Meeting]:
    """Sessions in which a lot can still decide: public, and not over."""
    upcoming = [Meeting.State.SCHEDULED, Meeting.State.INVITED]
    found = Meeting.objects.filter(state__in=upcoming, is_public=True, body__is_public=True)
    return found.select_related("body")


def dates_from(request: HttpRequest) -> dict[str, Any]:
    """What a plan in the address fills into the form of a new call; empty without one."""
    form = PlanForm(sessions(), request.GET or None)
    if not form.is_valid():
        return {}
    plan = _plan(form)
    found: dict[str, Any] = {
        "meeting": form.cleaned_data["meeting"].pk,
        "objection_days": form.cleaned_data["objection_days"],
    }
    for edge in ("opens", "closes"):
        local = moments.local(getattr(plan, f"{edge}_at"), settings.TIME_ZONE)
        found |= {f"{edge}_day": local.date(), f"{edge}_time": local.time()}
    return found


def _plan(form: PlanForm) -> planning.Plan:
    return planning.backwards(form.cleaned_data["meeting"], form.wish(), now=timezone.now())

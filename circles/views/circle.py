"""The circles: all of them, one of them, founding one, and its beginning to work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles import clock, permissions
from circles.calling import calls
from circles.forms.seat import BeginForm, FoundingForm
from circles.models import Call, Circle, Draw, Result, Seat
from circles.proposing import published
from circles.resulting import finalising
from circles.seating import circles, needs, seats, terms
from circles.views.call import deadline_words
from circles.views.seat_rows import rows_of
from formats.forms.localized import initial_of
from formats.models import WorkOrder
from formats.sittings import agenda
from foundation.access import require
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.posting.once import once

FILES = ("pool_txt", "rejected_txt", "lottery_txt")
RESULT_AHEAD = (WorkOrder.State.FINALISED, WorkOrder.State.PRESENTED)
ALL_SEATS = Prefetch("seats", Seat.objects.select_related("holder"))


@require_safe
def circle_list(request: HttpRequest) -> HttpResponse:
    """Every circle with its seats in one line, and the open calls first."""
    found = Circle.objects.select_related("work_order").prefetch_related(
        ALL_SEATS,
        Prefetch("calls", Call.objects.filter(state=Call.State.OPEN), to_attr="open_calls"),
    )
    rows = [
        {"circle": circle, "groups": seats.groups(list(circle.seats.all()))}
        for circle in found.order_by("-number")
    ]
    return render(request, "circles/circle_list.html", {"rows": rows})


@require_safe
def circle(request: HttpRequest, slug: str) -> HttpResponse:
    """Work order, seat plan, progress, call and draw of one circle."""
    found = get_object_or_404(
        Circle.objects.select_related("work_order__vision__action_field", "work_order__outcome"),
        slug=slug,
    )
    all_seats = list(found.seats.select_related("holder"))
    call = calls.current_call(found, Call.objects.visible_to(request.user))
    now = clock.now_for(call) if call else None
    context = {
        "circle": found,
        "order": found.work_order,
        "seats": all_seats,
        "groups": seats.groups(all_seats),
        "missing": seats.missing(all_seats),
        "figures": seats.figures(all_seats),
        "named": seats.named_by_bodies(all_seats),
        "past": terms.past(found),
        "call": call,
        "is_open": call and now and call.state == Call.State.OPEN and now < call.closes_at,
        "now": now,
        "deadline_words": deadline_words(call) if call else "",
        "draws": list(Draw.objects.filter(call__circle=found).select_related("call").defer(*FILES)),
        "item": agenda.item_of(call) if call else None,
        "steps": [_("Founded"), _("Call"), _("Draw"), _("Complete"), _("At work"), _("Result")],
        "step": _step_of(found, call, all_seats),
        "trail": [{"url": reverse("circle_list"), "label": _("Innovation circles")}],
        **_of_its_work(request, found),
    }
    if permissions.can_write_to_members(request.user, found):
        context["may_finalise"] = finalising.is_ahead(found)
        context["may_write_to_members"] = any(seat.taken_at for seat in all_seats)
    if permissions.can_fill_seats(request.user, found):
        context["seat_rows"] = rows_of(found, all_seats, call)
        context["can_end"] = circles.is_at_its_end(found)
        context["can_call"] = permissions.can_write_call(request.user, found)
    return render(request, "circles/circle.html", context)


@login_required
@once
def circle_found(request: HttpRequest, number: str) -> HttpResponse:
    """Found the circle of a work order."""
    order = get_object_or_404(WorkOrder.objects.select_related("vision"), number=number)
    require(permissions.can_found_circle(request.user))
    form = FoundingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = circles.found_circle(
                order, **form.all_texts(), is_demo=settings.DEMO, by=myself(request)
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("circle", made.slug)
    return render(request, "circles/circle_found.html", {"form": form, "order": order})


@login_required
@once
def circle_begin(request: HttpRequest, slug: str) -> HttpResponse:
    """The circle takes up its work, or says anew why seats are empty."""
    found = get_object_or_404(Circle.objects.prefetch_related(ALL_SEATS), slug=slug)
    require(permissions.can_fill_seats(request.user, found))
    missing = seats.missing(list(found.seats.all()))
    old = initial_of("reason", found.incomplete_reason)
    form = BeginForm(request.POST or None, is_incomplete=bool(missing), initial=old)
    if request.method == "POST" and form.is_valid():
        reason = form.text("reason") if missing else LocalizedText()
        try:
            if found.state == Circle.State.WORKING:
                circles.explain_incomplete(found, reason, by=myself(request))
            else:
                circles.begin_work(found, reason=reason, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Noted. The page of the circle says so."))
            return redirect("circle", slug)
    context = {"form": form, "circle": found, "missing": missing}
    return render(request, "circles/circle_begin.html", context)


@login_required
@once
@require_POST
def circle_end(request: HttpRequest, slug: str) -> HttpResponse:
    """The circle has done its work."""
    found = get_object_or_404(Circle, slug=slug)
    require(permissions.can_fill_seats(request.user, found))
    try:
        circles.end(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The circle has ended. Nobody moves up any more."))
    return redirect("circle", slug)


@login_required
@require_safe
def circle_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """What members by lot need to take part well, for whoever arranges the meetings; logged."""
    found = get_object_or_404(Circle, slug=slug)
    require(permissions.can_read_needs(request.user, found))
    offers = list(needs.of_circle(found))
    trail.log_access(
        myself(request), [each.application for each in offers], purpose="support-needs"
    )
    context = {
        "circle": found,
        "offers": offers,
        "trail": [{"url": reverse("circle", args=[slug]), "label": str(found.name)}],
    }
    return render(request, "circles/circle_needs.html", context)


def _of_its_work(request: HttpRequest, found: Circle) -> dict[str, Any]:
    """What everybody reads of the work, and the way in for those inside; nothing before it."""
    if found.state == Circle.State.FOUNDED:
        return {}
    outcome = getattr(found.work_order, "outcome", None)
    return {
        "outcome": outcome if outcome and outcome.state != Result.State.PREPARED else None,
        "decisions": list(found.decisions.decided().order_by("-n")),
        "may_enter_room": permissions.can_enter_room(request.user, found),
        **published.of_circle(found),
    }


def _step_of(found: Circle, call: Call | None, all_seats: list[Seat]) -> int:
    """Which of the six steps the circle is at, from 1; 7 when all are done."""
    outcome = getattr(found.work_order, "outcome", None)
    if found.state == Circle.State.FINISHED or (outcome is not None and outcome.is_public):
        return 7
    if found.state == Circle.State.WORKING:
        return 6 if found.work_order.state in RESULT_AHEAD else 5
    if not seats.missing(all_seats):
        return 4
    if call is None or call.state in (Call.State.DRAFT, Call.State.WITHDRAWN):
        return 1
    return 2 if call.state == Call.State.OPEN else 3

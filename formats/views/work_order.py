"""Work orders: deriving one from a vision, reading one, the office's own project."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from formats import permissions
from formats.forms.div import OfficeProjectForm, WorkOrderForm
from formats.models import Vision, WorkOrder
from formats.weighing import work_orders
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@require_safe
def work_order(request: HttpRequest, number: str) -> HttpResponse:
    """The order, the vision behind it, and who works on it."""
    order = _order(number)
    may = permissions.can_give_orders(request.user)
    outcome = getattr(order, "outcome", None)
    waits = order.state == WorkOrder.State.OPEN
    context = {
        "order": order,
        "circle": getattr(order, "circle", None),
        "project": getattr(order, "office_project", None),
        "trail": [{"url": reverse("div"), "label": "D.I.V."}],
        "may_found": may and waits and order.addressee == WorkOrder.Addressee.CIRCLE,
        "may_begin": may and waits and order.addressee == WorkOrder.Addressee.OFFICE,
        "may_move": may,
        "may_hand_over": order.state in work_orders.UNDER_WAY,
        "outcome": outcome if outcome and (may or outcome.state != "prepared") else None,
        "show_result": outcome is not None and outcome.is_public and bool(order.result),
        "successor": getattr(order, "successor", None),
    }
    return render(request, "formats/work_order.html", context)


@login_required
@once
def work_order_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Derive an order from an adopted vision."""
    vision = get_object_or_404(Vision.objects.visible_to(request.user), slug=slug)
    require(permissions.can_give_orders(request.user))
    form = WorkOrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order = work_orders.derive(vision, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("work_order", order.number)
    return render(request, "formats/work_order_create.html", {"form": form, "vision": vision})


@login_required
@once
def office_project_begin(request: HttpRequest, number: str) -> HttpResponse:
    """The office works on the order itself."""
    order = _order(number)
    require(permissions.can_give_orders(request.user))
    form = OfficeProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            work_orders.begin_office_project(order, title=form.text("title"), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("work_order", number)
    return render(request, "formats/office_project_begin.html", {"form": form, "order": order})


def _order(number: str) -> WorkOrder:
    return get_object_or_404(
        WorkOrder.objects.select_related(
            "vision__action_field",
            "vision__adopted_in__body",
            "circle",
            "office_project",
            "outcome",
            "successor_of",
            "successor",
            "presented_in",
        ),
        number=number,
    )

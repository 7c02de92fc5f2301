"""How a work order moves on: begun, finalised, presented, ended, handed over.

And the page of what still has no next step.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.order import ClosingForm, HandOverForm, PresentedForm, ResultForm
from formats.models import WorkOrder
from formats.weighing import loose_ends, work_orders
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@require_safe
def loose_end_list(request: HttpRequest) -> HttpResponse:
    """Results of the D.I.V. that nobody has taken further yet."""
    context = {
        "ends": loose_ends.loose_ends(request.user),
        "trail": [{"url": reverse("div"), "label": "D.I.V."}],
        "may_give": permissions.can_give_orders(request.user),
    }
    return render(request, "formats/loose_end_list.html", context)


@login_required
@once
@require_POST
def work_order_start(request: HttpRequest, number: str) -> HttpResponse:
    """The office begins to work on its project."""
    order = _order(request, number)
    try:
        work_orders.start(order, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("work_order", number)


@login_required
@once
def work_order_finalise(request: HttpRequest, number: str) -> HttpResponse:
    """The result, and the session that hears of it; a circle ends by a decision instead."""
    order = _order(request, number)
    circle = getattr(order, "circle", None)
    if circle is not None:
        return redirect("circle_finalise", circle.slug)
    form = ResultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            work_orders.finalise(
                order, form.text("result"), form.cleaned_data["meeting"], by=myself(request)
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("work_order", number)
    return render(request, "formats/work_order_finalise.html", {"form": form, "order": order})


@login_required
@once
def work_order_present(request: HttpRequest, number: str) -> HttpResponse:
    """Note the session in which the result was shown."""
    order = _order(request, number)
    form = PresentedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            work_orders.present(order, form.cleaned_data["meeting"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("work_order", number)
    return render(request, "formats/work_order_present.html", {"form": form, "order": order})


@login_required
@once
def work_order_close(request: HttpRequest, number: str) -> HttpResponse:
    """Say what became of it; nothing more follows."""
    order = _order(request, number)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            work_orders.close(order, form.text("closing_note"), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("work_order", number)
    return render(request, "formats/work_order_close.html", {"form": form, "order": order})


@login_required
@once
def work_order_hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """From a circle to the office: a new order that follows this one."""
    order = _order(request, number)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = work_orders.hand_over(
                order,
                form.text("closing_note"),
                due_on=form.cleaned_data["due_on"],
                by=myself(request),
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("work_order", made.number)
    return render(request, "formats/work_order_hand_over.html", {"form": form, "order": order})


def _order(request: HttpRequest, number: str) -> WorkOrder:
    require(permissions.can_give_orders(request.user))
    return get_object_or_404(WorkOrder.objects.select_related("vision"), number=number)

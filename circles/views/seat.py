"""The office fills sector and expert seats: it asks bodies, or offers what a body said to it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles import permissions
from circles.forms.seat import NamingRequestForm, NominationForm
from circles.models import NamingRequest, Nomination, Seat
from circles.seating import naming, nominations, seats
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
def seat_ask(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask a body by a link in a mail to name somebody."""
    seat = _seat(request, slug, number)
    known = {"expertise_de": seat.expertise.get("de"), "expertise_en": seat.expertise.get("en")}
    form = NamingRequestForm(seat, request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            naming.ask_body(seat, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The body is asked; the mail with the link leaves now."))
            return redirect("circle", slug)
    return _page(request, "circles/seat_ask.html", seat, form)


@login_required
@once
@require_POST
def seat_ask_withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an unanswered request back; its link leads to a page that says so."""
    seat = _seat(request, slug, number)
    asked = get_object_or_404(seat.naming_requests, state=NamingRequest.State.OPEN)
    try:
        naming.withdraw(asked, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The request is withdrawn; the body knows by mail."))
    return redirect("circle", slug)


@login_required
@once
def seat_nominate(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The office offers a seat to the person whom a body named."""
    seat = _seat(request, slug, number)
    known = {"expertise_de": seat.expertise.get("de"), "expertise_en": seat.expertise.get("en")}
    form = NominationForm(seat, request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            nominations.nominate(seat, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The seat is offered; the mail with the link leaves now."))
            return redirect("circle", slug)
    return _page(request, "circles/seat_nominate.html", seat, form)


@login_required
@once
@require_POST
def seat_take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The office withdraws an unanswered offer."""
    seat = _seat(request, slug, number)
    nomination = get_object_or_404(seat.nominations, state=Nomination.State.OPEN)
    try:
        nominations.take_back(nomination, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The offer is withdrawn, the seat is free again."))
    return redirect("circle", slug)


def _seat(request: HttpRequest, slug: str, number: int) -> Seat:
    seat = get_object_or_404(
        Seat.objects.select_related("circle__work_order"), circle__slug=slug, number=number
    )
    require(permissions.can_fill_seats(request.user, seat.circle))
    return seat


def _page(request: HttpRequest, template: str, seat: Seat, form: object) -> HttpResponse:
    context = {"form": form, "seat": seat, "circle": seat.circle, "title": seats.title_of(seat)}
    return render(request, template, context)

"""Naming people for sector and expert seats; they answer by the link from their mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles import nominations, permissions, seats
from circles.forms.seat import NominationAnswerForm, NominationForm
from circles.models import Nomination, Seat
from circles.models.circle import SEATS
from circles.views.lines import figures_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once

SESSION_KEY = "nomination_token"


@login_required
@once
def seat_nominate(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The office offers a seat to the person whom a body named."""
    seat = _seat(request, slug, number)
    form = NominationForm(seat, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            nominations.nominate(seat, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The seat is offered; the mail with the link leaves now."))
            return redirect("circle", slug)
    context = {"form": form, "seat": seat, "circle": seat.circle, "title": seats.title_of(seat)}
    return render(request, "circles/seat_nominate.html", context)


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


@require_safe
def nomination_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token into the session and drop it from the address."""
    if nominations.find_by_token(token) is None:
        raise Http404
    request.session[SESSION_KEY] = token
    return redirect("nomination")


@require_safe
def nomination(request: HttpRequest) -> HttpResponse:
    """Who named me and why, what it takes, who is there already, and two buttons."""
    return _page(request, _nomination(request), NominationAnswerForm())


@once
@require_POST
def nomination_accept(request: HttpRequest) -> HttpResponse:
    found = _nomination(request)
    form = NominationAnswerForm(request.POST)
    if form.is_valid():
        try:
            nominations.accept(
                found,
                name_is_public=form.cleaned_data["name_is_public"],
                conflict=form.cleaned_data["conflict"],
                by=found.person,
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Thank you, the seat is yours."))
            return redirect("nomination")
    return _page(request, found, form)


@once
@require_POST
def nomination_decline(request: HttpRequest) -> HttpResponse:
    found = _nomination(request)
    try:
        nominations.decline(found, by=found.person)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("You have declined; the seat is free again."))
    return redirect("nomination")


def _seat(request: HttpRequest, slug: str, number: int) -> Seat:
    seat = get_object_or_404(
        Seat.objects.select_related("circle__work_order"), circle__slug=slug, number=number
    )
    require(permissions.can_fill_seats(request.user, seat.circle))
    return seat


def _nomination(request: HttpRequest) -> Nomination:
    found = nominations.find_by_token(request.session.get(SESSION_KEY, ""))
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Nomination, form: NominationAnswerForm) -> HttpResponse:
    circle = found.seat.circle
    call = circle.calls.exclude(state="draft").first()
    taken = list(circle.seats.filter(state=Seat.State.TAKEN).select_related("holder"))
    context = {
        "nomination": found,
        "seat": found.seat,
        "title": seats.title_of(found.seat),
        "circle": circle,
        "order": circle.work_order,
        "members": seats.named(taken),
        "taken": len(taken),
        "total": SEATS,
        "form": form,
        "is_open": found.state == Nomination.State.OPEN,
        "effort": figures_of(call.effort) + figures_of(call.allowance) if call else [],
    }
    return render(request, "circles/nomination.html", context)

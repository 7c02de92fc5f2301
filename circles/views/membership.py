"""A member's own page of a seat: show the name or not, give the seat back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles.models import Circle, Seat
from circles.seating import memberships, seats
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@require_safe
def my_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Where I sit, whether my name is shown, and how I leave."""
    seat = _seat(request, pk)
    context = {
        "seat": seat,
        "circle": seat.circle,
        "title": seats.title_of(seat),
        "is_finished": seat.circle.state == Circle.State.FINISHED,
    }
    return render(request, "circles/my_seat.html", context)


@login_required
@once
@require_POST
def my_seat_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the name from now on, or no longer."""
    seat = _seat(request, pk)
    is_public = not seat.name_is_public
    try:
        memberships.show_name(seat, is_public=is_public, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("my")
    messages.success(
        request, _("Your name is shown now.") if is_public else _("Your name is shown no longer.")
    )
    return redirect("my_seat", pk)


@login_required
@once
@require_POST
def my_seat_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the circle."""
    try:
        memberships.give_back(_seat(request, pk), by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("You have given the seat back. Thank you for your time."))
    return redirect("my")


def _seat(request: HttpRequest, pk: int) -> Seat:
    own = Seat.objects.held_by(myself(request)).filter(state=Seat.State.TAKEN)
    return get_object_or_404(own.select_related("circle"), pk=pk)

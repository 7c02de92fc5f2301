"""After a no: staff ask over a second channel, and others of them let the seat pass on."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles import draw_permissions
from circles.forms.draw import TellForm
from circles.models import Departure
from circles.seating import departures
from circles.views.draw_desk import call_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
@require_POST
def departure_tell(request: HttpRequest, call_id: int, pk: int) -> HttpResponse:
    """Somebody asked the person whether the no is theirs."""
    require(draw_permissions.can_ask_again(request.user, call_of(request, call_id)))
    form = TellForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose how the person was asked."))
        return redirect("draw_desk", call_id)
    channel = form.cleaned_data["channel"]

    def told(departure: Departure) -> None:
        departures.tell(departure, channel=channel, by=myself(request))

    return _step(request, call_id, pk, told, _("Noted. Now another person lets the seat pass on."))


@login_required
@once
@require_POST
def departure_confirm(request: HttpRequest, call_id: int, pk: int) -> HttpResponse:
    """The seat goes to the next in the order."""

    def confirmed(departure: Departure) -> None:
        departures.confirm(departure, by=myself(request))

    return _step(request, call_id, pk, confirmed, _("The seat has passed on."))


def departure_of(request: HttpRequest, call_id: int, pk: int) -> Departure:
    """A departure of the call, for those who may work on it; 404 and 403 otherwise."""
    call = call_of(request, call_id)
    require(draw_permissions.can_pass_on(request.user, call))
    return get_object_or_404(Departure, pk=pk, offer__draw__call=call)


def _step(
    request: HttpRequest, call_id: int, pk: int, act: Callable[[Departure], None], done: str
) -> HttpResponse:
    """One button: do it, say it, or say why not; back to the desk of the draw."""
    try:
        act(departure_of(request, call_id, pk))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("draw_desk", call_id)

"""Rehearsals of a draw: with invented tickets, marked PROBE, counted nowhere."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles import draw_permissions
from circles.drawing import rehearsals, tickets
from circles.forms.draw import TrialForm
from circles.views.draw_desk import call_of
from circles.views.draw_ready import desk_trail
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once

SHOWN = 5


@login_required
@once
def draw_trial(request: HttpRequest, call_id: int) -> HttpResponse:
    """Type dice twice, see what comes out; the newest rehearsals stand below."""
    call = call_of(request, call_id)
    require(draw_permissions.can_write_record(request.user, call))
    form = TrialForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            rehearsals.rehearse(call, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The rehearsal is drawn. It does not count."))
            return redirect("draw_trial", call_id=call.pk)
    held = [
        (trial, [tickets.short_ticket(one) for one in rehearsals.seats_of(trial)])
        for trial in call.trials.select_related("made_by").order_by("-number")[:SHOWN]
    ]
    context = {"call": call, "circle": call.circle, "form": form, "held": held}
    return render(request, "circles/draw_trial.html", {**context, "trail": desk_trail(call)})


@login_required
@require_safe
def draw_trial_file(request: HttpRequest, call_id: int, number: int) -> HttpResponse:
    """The files of one rehearsal as ZIP, for practising the check."""
    call = call_of(request, call_id)
    require(draw_permissions.can_write_record(request.user, call))
    trial = get_object_or_404(call.trials, number=number)
    response = HttpResponse(rehearsals.files_of(trial), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="probe-{number}.zip"'
    return response

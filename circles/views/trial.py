"""The office rehearses a call: link, applications, deadline, a draw that binds nobody, removal."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from circles import clock, permissions
from circles.calling import trials
from circles.models import Application, Call
from circles.views.asked import trial_query
from foundation.access import require
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
@require_POST
def trial_begin(request: HttpRequest, call_id: int) -> HttpResponse:
    """Copy the draft into a trial that everybody with the link can try."""
    draft = _call(request, call_id)
    try:
        trial = trials.begin(draft, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("call", draft.circle.slug)
    messages.success(request, _("The trial runs. Send the link to those who rehearse."))
    return redirect("trial_desk", trial.pk)


@login_required
@require_safe
def trial_desk(request: HttpRequest, call_id: int) -> HttpResponse:
    """Where the trial stands, and the next step of the rehearsal."""
    trial = _call(request, call_id, is_trial=True)
    counts = dict(trial.applications.order_by().values_list("state").annotate(n=Count("pk")))
    try:
        order, fault = trials.rehearsed_draw(trial), ""
    except DomainError as error:
        order, fault = [], error.message
    trail.log_access(myself(request), order, purpose="trial-draw")
    address = reverse("call", args=[trial.circle.slug]) + trial_query(trial)
    context = {
        "call": trial,
        "circle": trial.circle,
        "address": settings.PUBLIC_URL + address,
        "counts": [(str(s.label), counts[s.value]) for s in Application.State if s.value in counts],
        "is_closed": clock.now_for(trial) >= trial.closes_at,
        "ends_at": trial.opens_at + trials.LASTS,
        "seated": order[: trial.seats],
        "reserve": order[trial.seats :],
        "fault": fault,
    }
    return render(request, "circles/trial_desk.html", context)


@login_required
@once
@require_POST
def trial_close(request: HttpRequest, call_id: int) -> HttpResponse:
    """Let the deadline pass, so that the review can be rehearsed."""
    trial = _call(request, call_id, is_trial=True)
    try:
        trials.close(trial, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The deadline of the trial has passed."))
    return redirect("trial_desk", trial.pk)


@login_required
@once
@require_POST
def trial_remove(request: HttpRequest, call_id: int) -> HttpResponse:
    """Delete the trial and everything in it."""
    trial = _call(request, call_id, is_trial=True)
    gone = trials.remove(trial, by=myself(request))
    said = ngettext(
        "The trial is removed, with %(n)d application.",
        "The trial is removed, with %(n)d applications.",
        gone,
    )
    messages.success(request, said % {"n": gone})
    return redirect("call", trial.circle.slug)


def _call(request: HttpRequest, call_id: int, *, is_trial: bool = False) -> Call:
    visible = Call.every.visible_to(request.user).select_related(
        "circle__work_order", "meeting__body"
    )
    found = get_object_or_404(visible, pk=call_id, is_trial=is_trial)
    require(permissions.can_write_call(request.user, found.circle))
    return found

"""Correcting the pool before anything can be known: one person proposes, another confirms."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from circles import draw_permissions
from circles.drawing import corrections
from circles.forms.draw import ConfirmCorrectionForm, CorrectionForm
from circles.models import Call, Draw, PoolCorrection
from circles.views.draw_desk import call_of
from circles.views.draw_ready import desk_trail
from circles.views.draw_steps import draw_step, proof_for
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
def draw_correct(request: HttpRequest, call_id: int) -> HttpResponse:
    """The form of a proposal; or the proposal that waits for a second person."""
    call = call_of(request, call_id)
    require(draw_permissions.can_declare(request.user, call))
    draw = Draw.objects.filter(call=call).first()
    if draw is None:
        raise Http404
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        proof = proof_for(form, request)
        try:
            corrections.propose(draw, **form.words, by=myself(request), proof=proof)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The correction is proposed. A second person confirms it."))
            return redirect("draw_desk", call_id=call.pk)
    context = {"call": call, "circle": call.circle, "form": form, "trail": desk_trail(call)}
    return render(request, "circles/draw_correct.html", context)


@draw_step(ConfirmCorrectionForm, may=draw_permissions.can_second)
def draw_correct_confirm(request: HttpRequest, call: Call, form: forms.Form) -> str:
    shown = PoolCorrection.objects.filter(
        draw__call=call, pk=form.cleaned_data["correction"], confirmed_at=None, withdrawn_at=None
    ).first()
    if shown is None:
        raise DomainError("changed", _("The proposal has changed. Look at it once more."))
    proof, seen = proof_for(form, request), form.cleaned_data["seen"]
    corrections.confirm(shown, seen=seen, by=myself(request), proof=proof)
    return _("The pool is corrected and public. 24 hours begin anew; declare again.")


@draw_step(ConfirmCorrectionForm, may=draw_permissions.can_declare)
def draw_correct_take_back(request: HttpRequest, call: Call, form: forms.Form) -> str:
    corrections.take_back(_proposal(call), by=myself(request))
    return _("The proposal is taken back.")


def _proposal(call: Call) -> PoolCorrection:
    draw = Draw.objects.filter(call=call).first()
    proposal = corrections.open_proposal(draw) if draw else None
    if proposal is None:
        raise DomainError("changed", _("There is no proposal to take back."))
    return proposal

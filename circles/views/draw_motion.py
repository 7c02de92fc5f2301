"""Withdrawing a closed pool, bringing a ticket back, annulling: one proposes, another carries."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from circles import draw_permissions
from circles.drawing import motions
from circles.forms.draw import CarryForm, MotionForm
from circles.models import Call, Draw, DrawMotion
from circles.views.draw_desk import call_of
from circles.views.draw_ready import desk_trail
from circles.views.draw_steps import draw_step, proof_for
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once

Kind = DrawMotion.Kind


@login_required
@once
def draw_motion(request: HttpRequest, call_id: int) -> HttpResponse:
    """Propose to withdraw the pool, or after the draw to bring a ticket back."""
    return _propose(request, call_of(request, call_id), Kind.WITHDRAW, Kind.REINSTATE)


@login_required
@once
def draw_annul(request: HttpRequest, call_id: int) -> HttpResponse:
    """Propose to mark a draw as annulled, because a court or an authority has decided so."""
    return _propose(request, call_of(request, call_id), Kind.ANNUL)


def _propose(request: HttpRequest, call: Call, *kinds: DrawMotion.Kind) -> HttpResponse:
    """The form of a proposal, as the draw stands."""
    require(draw_permissions.can_declare(request.user, call))
    draw = Draw.objects.filter(call=call).first()
    kind = next((each for each in motions.kinds_for(call) if each in kinds), None)
    if draw is None or kind is None:
        raise Http404
    form = MotionForm(kind, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        proof = proof_for(form, request)
        try:
            motions.propose(draw, kind=kind, **form.words, by=myself(request), proof=proof)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("It is proposed. A second person confirms it."))
            return redirect("draw_desk", call_id=call.pk)
    context = {"call": call, "circle": call.circle, "form": form, "trail": desk_trail(call)}
    return render(request, "circles/draw_motion.html", context | {"kind": kind})


@draw_step(CarryForm, may=draw_permissions.can_second)
def draw_motion_carry(request: HttpRequest, call: Call, form: forms.Form) -> str:
    seen, proof = form.cleaned_data["motion"], proof_for(form, request)
    motion = motions.carry(_draw(call), seen=seen, by=myself(request), proof=proof)
    if motion.kind == Kind.ANNUL:
        return _("The draw is marked as annulled. Whoever had a place by it hears of it.")
    if motion.application is None:
        return _("The draw is withdrawn in public. Everybody who applied hears of it.")
    return _("The ticket is back. It takes the next free place.")


@draw_step(forms.Form, may=draw_permissions.can_declare)
def draw_motion_take_back(request: HttpRequest, call: Call, form: forms.Form) -> str:
    motions.take_back(_draw(call), by=myself(request))
    return _("The proposal is taken back.")


def _draw(call: Call) -> Draw:
    return get_object_or_404(Draw, call=call)

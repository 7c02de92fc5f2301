"""The steps of a draw, one form each: close the pool, declare, note the dice, draw."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles import clock, draw_permissions
from circles.drawing import (
    beacons,
    declarations,
    draws,
    fallbacks,
    freezing,
    records,
    simulation,
    values,
)
from circles.forms import draw as draw_forms
from circles.models import Call, Declaration, Draw
from circles.views.draw_desk import call_of, page
from foundation.access import require
from foundation.accounts.models import User
from foundation.accounts.people import myself
from foundation.accounts.proof import Proof, find_proof, prove_now
from foundation.errors import DomainError
from foundation.posting.once import once

Step = Callable[[HttpRequest, Call, forms.Form], str]
View = Callable[..., HttpResponse]
May = Callable[[User, Call], bool]


def draw_step(form_class: type[forms.Form], *, may: May) -> Callable[[Step], View]:
    """Decorator: the function does one step and returns the sentence that tells of it.

    Around it stand the beats of every step; a refusal stays on the form, with all that was typed.
    """

    def around(step: Step) -> View:
        @login_required
        @once
        @require_POST
        @functools.wraps(step)
        def view(request: HttpRequest, call_id: int) -> HttpResponse:
            call = call_of(request, call_id)
            require(may(myself(request), call))
            form = form_class(request.POST)
            if form.is_valid():
                try:
                    messages.success(request, step(request, call, form))
                except DomainError as error:
                    form.add_error(None, error.message)
                else:
                    return redirect("draw_desk", call_id=call.pk)
            return page(request, call, form)

        return view

    return around


@draw_step(draw_forms.FreezeForm, may=draw_permissions.can_freeze)
def draw_freeze(request: HttpRequest, call: Call, form: forms.Form) -> str:
    all_typed = form.cleaned_data["all_typed"]
    freezing.freeze(call, all_typed=all_typed, by=myself(request), proof=proof_for(form, request))
    return _("The draw pool is closed and public.")


@draw_step(draw_forms.DeclareForm, may=draw_permissions.can_declare)
def draw_declare(request: HttpRequest, call: Call, form: forms.Form) -> str:
    declarations.propose(
        _draw(call),
        drand_at=form.cleaned_data["drand_at"],
        dice=form.cleaned_data["dice"],
        fallback_on=form.cleaned_data["fallback_on"],
        by=myself(request),
        proof=proof_for(form, request),
    )
    return _("The declaration is proposed. A second person must confirm it.")


@draw_step(draw_forms.ConfirmForm, may=draw_permissions.can_second)
def draw_confirm(request: HttpRequest, call: Call, form: forms.Form) -> str:
    shown = _draw(call).declarations.filter(sha256=form.cleaned_data["fingerprint"], lapsed_at=None)
    declaration = shown.first()
    if declaration is None:
        raise DomainError("changed", _("The proposal has changed. Look at it once more."))
    declarations.confirm(declaration, by=myself(request), proof=proof_for(form, request))
    return _("The fingerprint is public and on its way to everybody who applied.")


@draw_step(forms.Form, may=draw_permissions.can_declare)
def draw_take_back(request: HttpRequest, call: Call, form: forms.Form) -> str:
    declaration = declarations.in_force(_draw(call))
    if declaration is None:
        raise DomainError("changed", _("There is no proposal to take back."))
    declarations.withdraw_proposal(declaration, by=myself(request))
    return _("The proposal is taken back.")


@draw_step(draw_forms.RecordForm, may=draw_permissions.can_write_record)
def draw_record(request: HttpRequest, call: Call, form: forms.Form) -> str:
    began_at = clock.now_for(call)
    records.write(_draw(call), began_at=began_at, by=myself(request), **form.cleaned_data)
    return _("The room is on record. The dice can be thrown.")


@draw_step(draw_forms.DiceForm, may=draw_permissions.can_enter_value)
def draw_dice(request: HttpRequest, call: Call, form: forms.Form) -> str:
    agreed = values.enter(_in_force(call), form.cleaned_data["digits"], by=myself(request))
    if agreed is None:
        return _("Your entry is stored. A second person types the dice now.")
    return _("Both entries agree. The dice are public.")


@draw_step(draw_forms.BeaconForm, may=draw_permissions.can_enter_value)
def draw_beacon(request: HttpRequest, call: Call, form: forms.Form) -> str:
    values.store_beacon(_in_force(call), form.cleaned_data["signature"], by=myself(request))
    return _("The signature is genuine and stored.")


@draw_step(forms.Form, may=draw_permissions.can_enter_value)
def draw_fetch(request: HttpRequest, call: Call, form: forms.Form) -> str:
    beacons.fetch_for(_in_force(call), by=myself(request))
    return _("The signature is genuine and stored.")


@draw_step(draw_forms.ActivationForm, may=draw_permissions.can_second)
def draw_give_up(request: HttpRequest, call: Call, form: forms.Form) -> str:
    seen, proof = form.cleaned_data["proposal"], proof_for(form, request)
    done = fallbacks.activate(_in_force(call), seen=seen, by=myself(request), proof=proof)
    if done.confirmed_at is None:
        return _("A second person must confirm that the beacon is given up.")
    return _("The beacon is given up in public. The fallback stands in.")


@draw_step(draw_forms.FallbackForm, may=draw_permissions.can_enter_value)
def draw_fallback(request: HttpRequest, call: Call, form: forms.Form) -> str:
    agreed = fallbacks.enter(_in_force(call), form.cleaned_data["value"], by=myself(request))
    if agreed is None:
        return _("Your entry is stored. A second person types the numbers now.")
    return _("Both entries agree. The numbers stand in for the beacon.")


@draw_step(draw_forms.DrawForm, may=draw_permissions.can_draw)
def draw_run(request: HttpRequest, call: Call, form: forms.Form) -> str:
    draws.request_draw(_draw(call), by=myself(request), proof=proof_for(form, request))
    return _("The draw is under way. This page shows the result in a moment.")


@draw_step(forms.Form, may=draw_permissions.can_freeze)
def draw_clock(request: HttpRequest, call: Call, form: forms.Form) -> str:
    """Demonstrations only: move the simulated clock of this call."""
    simulation.move_clock(call, by=myself(request))
    return _("The simulated clock of this demonstration has moved on.")


def _draw(call: Call) -> Draw:
    draw = Draw.objects.filter(call=call).first()
    if draw is None:
        raise DomainError("not-frozen", _("The draw pool has to be closed first."))
    return draw


def _in_force(call: Call) -> Declaration:
    declaration = declarations.in_force(_draw(call))
    if declaration is None:
        raise DomainError("lapsed", _("No declaration is in force. Declare a new round."))
    return declaration


def proof_for(form: forms.Form, request: HttpRequest) -> Proof:
    """The fresh second factor: of the session, or by the code in the form."""
    return find_proof(request) or prove_now(request, form.cleaned_data.get("code", ""))

"""The office's side of a draw: close the pool, declare, note the dice, draw. One step a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles import (
    clock,
    declarations,
    draw_permissions,
    drawing,
    freezing,
    records,
    simulation,
    values,
)
from circles.forms import draw as draw_forms
from circles.models import Call, Draw
from foundation.access import require
from foundation.accounts.people import myself
from foundation.accounts.proof import Proof, find_proof, prove_now
from foundation.errors import DomainError
from foundation.posting.once import once

Step = Callable[[forms.Form, Call, HttpRequest], str]


@login_required
@require_safe
def draw_desk(request: HttpRequest, call_id: int) -> HttpResponse:
    """What stands, what is missing, and the one form of the next step."""
    call = _call(request, call_id)
    return _page(request, call, None)


@login_required
@once
@require_POST
def draw_freeze(request: HttpRequest, call_id: int) -> HttpResponse:
    def step(form: forms.Form, call: Call, request: HttpRequest) -> str:
        require(draw_permissions.can_freeze(request.user, call))
        freezing.freeze(call, by=myself(request), proof=_proof(form, request))
        return _("The draw pool is closed and public.")

    return _step(request, call_id, draw_forms.FreezeForm, step)


@login_required
@once
@require_POST
def draw_declare(request: HttpRequest, call_id: int) -> HttpResponse:
    def step(form: forms.Form, call: Call, request: HttpRequest) -> str:
        require(draw_permissions.can_declare(request.user, call))
        declarations.propose(
            _draw(call),
            drand_at=form.cleaned_data["drand_at"],
            dice=form.cleaned_data["dice"],
            by=myself(request),
            proof=_proof(form, request),
        )
        return _("The declaration is proposed. A second person must confirm it.")

    return _step(request, call_id, draw_forms.DeclareForm, step)


@login_required
@once
@require_POST
def draw_confirm(request: HttpRequest, call_id: int) -> HttpResponse:
    def step(form: forms.Form, call: Call, request: HttpRequest) -> str:
        require(draw_permissions.can_second(request.user, call))
        declaration = (
            _draw(call)
            .declarations.filter(sha256=form.cleaned_data["fingerprint"], lapsed_at=None)
            .first()
        )
        if declaration is None:
            raise DomainError("changed", _("The proposal has changed. Look at it once more."))
        declarations.confirm(declaration, by=myself(request), proof=_proof(form, request))
        return _("The fingerprint is public and on its way to everybody who applied.")

    return _step(request, call_id, draw_forms.ConfirmForm, step)


@login_required
@once
@require_POST
def draw_take_back(request: HttpRequest, call_id: int) -> HttpResponse:
    def step(form: forms.Form, call: Call, request: HttpRequest) -> str:
        require(draw_permissions.can_declare(request.user, call))
        declaration = declarations.in_force(_draw(call))
        if declaration is None:
            raise DomainError("changed", _("There is no proposal to take back."))
        declarations.withdraw_proposal(declaration, by=myself(request))
        return _("The proposal is taken back.")

    return _step(request, call_id, forms.Form, step)


@login_required
@once
@require_POST
def draw_record(request: HttpRequest, call_id: int) -> HttpResponse:
    def step(form: forms.Form, call: Call, request: HttpRequest) -> str:
        require(draw_permissions.can_enter_value(request.user, call))
        records.write(
            _draw(call), began_at=clock.now_for(call), by=myself(request), **form.cleaned_data
        )
        return _("The room is on record. The dice can be thrown.")

    return _step(request, call_id, draw_forms.RecordForm, step)


@login_required
@once
@require_POST
def draw_dice(request: HttpRequest, call_id: int) -> HttpResponse:
    def step(form: forms.Form, call: Call, request: HttpRequest) -> str:
        require(draw_permissions.can_enter_value(request.user, call))
        declaration = declarations.in_force(_draw(call))
        if declaration is None:
            raise DomainError("lapsed", _("No declaration is in force. Declare a new round."))
        agreed = values.enter(declaration, form.cleaned_data["digits"], by=myself(request))
        if agreed is None:
            return _("Your entry is stored. A second person types the dice now.")
        return _("Both entries agree. The dice are public.")

    return _step(request, call_id, draw_forms.DiceForm, step)


@login_required
@once
@require_POST
def draw_beacon(request: HttpRequest, call_id: int) -> HttpResponse:
    def step(form: forms.Form, call: Call, request: HttpRequest) -> str:
        require(draw_permissions.can_enter_value(request.user, call))
        declaration = declarations.in_force(_draw(call))
        if declaration is None:
            raise DomainError("lapsed", _("No declaration is in force. Declare a new round."))
        values.store_beacon(declaration, form.cleaned_data["signature"], by=myself(request))
        return _("The signature is genuine and stored.")

    return _step(request, call_id, draw_forms.BeaconForm, step)


@login_required
@once
@require_POST
def draw_run(request: HttpRequest, call_id: int) -> HttpResponse:
    def step(form: forms.Form, call: Call, request: HttpRequest) -> str:
        require(draw_permissions.can_draw(request.user, call))
        drawing.request_draw(_draw(call), by=myself(request), proof=_proof(form, request))
        return _("The draw is under way. This page shows the result in a moment.")

    return _step(request, call_id, draw_forms.DrawForm, step)


@login_required
@once
@require_POST
def draw_clock(request: HttpRequest, call_id: int) -> HttpResponse:
    """Demonstrations only: move the simulated clock of this call."""

    def step(form: forms.Form, call: Call, request: HttpRequest) -> str:
        require(draw_permissions.can_freeze(request.user, call))
        simulation.move_clock(call, by=myself(request))
        return _("The simulated clock of this demonstration has moved on.")

    return _step(request, call_id, forms.Form, step)


def _call(request: HttpRequest, call_id: int) -> Call:
    call = get_object_or_404(
        Call.objects.visible_to(request.user)
        .select_related("circle", "meeting__body")
        .prefetch_related("criteria"),
        pk=call_id,
    )
    require(draw_permissions.can_see_draw_desk(request.user, call))
    return call


def _draw(call: Call) -> Draw:
    draw = Draw.objects.filter(call=call).first()
    if draw is None:
        raise DomainError("not-frozen", _("The draw pool has to be closed first."))
    return draw


def _proof(form: forms.Form, request: HttpRequest) -> Proof:
    return find_proof(request) or prove_now(request, form.cleaned_data.get("code", ""))


def _step(
    request: HttpRequest, call_id: int, form_class: type[forms.Form], step: Step
) -> HttpResponse:
    """The five beats of every step; a refusal stays on the form, with everything that was typed."""
    call = _call(request, call_id)
    form = form_class(request.POST)
    if form.is_valid():
        try:
            messages.success(request, step(form, call, request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("draw_desk", call_id=call.pk)
    return _page(request, call, form)


def _page(request: HttpRequest, call: Call, posted: forms.Form | None) -> HttpResponse:
    call.refresh_from_db()
    context = desk_context(call, request)
    if posted is not None:
        context["form"] = posted
    return render(request, "circles/draw_desk.html", context)


def desk_context(call: Call, request: HttpRequest) -> dict[str, Any]:
    """The step that is next, its form, and what led there."""
    draw = Draw.objects.filter(call=call).first()
    declaration = declarations.in_force(draw) if draw else None
    record = getattr(draw, "record", None) if draw else None
    agreed = getattr(declaration, "agreed_value", None) if declaration else None
    beacon = getattr(declaration, "beacon", None) if declaration else None
    result = getattr(draw, "result", None) if draw else None
    obstacles: list[str] = []
    form: forms.Form | None
    if draw is None:
        obstacles = freezing.obstacles(call)
        step, form = "freeze", draw_forms.FreezeForm()
    elif call.state == Call.State.ALL_ADMITTED:
        step, form = "all_admitted", None
    elif result is not None:
        step, form = "drawn", None
    elif declaration is None:
        step, form = "declare", draw_forms.DeclareForm()
    elif declaration.confirmed_at is None:
        step = "confirm"
        form = draw_forms.ConfirmForm(initial={"fingerprint": declaration.sha256})
    elif record is None and declaration.dice_count:
        step, form = "record", draw_forms.RecordForm()
    elif agreed is None and declaration.dice_count:
        step, form = "dice", draw_forms.DiceForm()
    elif beacon is None and declaration.drand_round:
        step, form = "beacon", draw_forms.BeaconForm()
    else:
        step, form = "draw", draw_forms.DrawForm()
    return {
        "call": call,
        "circle": call.circle,
        "draw": draw,
        "declaration": declaration,
        "lapsed": list(draw.declarations.exclude(lapsed_at=None)) if draw else [],
        "record": record,
        "entries": list(declaration.entries.select_related("entered_by")) if declaration else [],
        "agreed": agreed,
        "beacon": beacon,
        "result": result,
        "requested": drawing.is_requested(call),
        "offers": list(draw.offers.select_related("seat", "application")) if draw else [],
        "obstacles": obstacles,
        "step": step,
        "form": form,
        "own_proposal": bool(declaration and declaration.proposed_by_id == request.user.pk),
        "now": clock.now_for(call),
        "can_move_clock": simulation.can_move(call),
    }

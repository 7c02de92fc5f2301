"""The desk of a draw: what stands, what is missing, and the one form of the next step."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles import clock, draw_permissions, permissions
from circles.drawing import (
    corrections,
    declarations,
    draws,
    fallbacks,
    freezing,
    minutes,
    motions,
    quota_draws,
    readiness,
    simulation,
)
from circles.forms import draw as draw_forms
from circles.models import Call, Departure, Draw
from circles.reviewing import objections
from circles.seating import departures
from foundation.access import require
from foundation.accounts.people import myself
from foundation.documents import files, releases


@login_required
@require_safe
def draw_desk(request: HttpRequest, call_id: int) -> HttpResponse:
    """What stands, what is missing, and the one form of the next step."""
    return page(request, call_of(request, call_id), None)


@login_required
@require_safe
def draw_minutes_internal(request: HttpRequest, call_id: int) -> HttpResponse:
    """The sealed minutes with the names of those in the room, for whoever may see the desk."""
    draw = get_object_or_404(Draw, call=call_of(request, call_id))
    release = releases.latest(draw, minutes.INTERNAL_KIND)
    if release is None:
        raise Http404
    response = HttpResponse(files.read(release.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{release.file.name}"'
    return response


def call_of(request: HttpRequest, call_id: int) -> Call:
    """The call, for those who may see its desk; 404 and 403 otherwise."""
    call = get_object_or_404(
        Call.objects.visible_to(request.user)
        .select_related("circle", "meeting__body")
        .prefetch_related("criteria"),
        pk=call_id,
    )
    require(draw_permissions.can_see_draw_desk(request.user, call))
    return call


def page(request: HttpRequest, call: Call, posted: forms.Form | None) -> HttpResponse:
    """The desk as it stands now; a refused form keeps what was typed."""
    call.refresh_from_db()
    context = desk_context(call, request)
    if posted is not None and type(posted) is type(context["form"]):
        context["form"] = posted
    elif posted is not None:  # its step is not the next one: the page shows that, and says why
        for sentence in posted.non_field_errors():
            messages.error(request, str(sentence))
    return render(request, "circles/draw_desk.html", context)


def desk_context(call: Call, request: HttpRequest) -> dict[str, Any]:
    """The step that is next, its form, and what led there."""
    draw = Draw.objects.filter(call=call).first()
    declaration = declarations.in_force(draw) if draw else None
    record = getattr(declaration, "record", None) if declaration else None
    agreed = getattr(declaration, "agreed_value", None) if declaration else None
    beacon = getattr(declaration, "beacon", None) if declaration else None
    activation = getattr(declaration, "activation", None) if declaration else None
    fallback = getattr(declaration, "fallback_value", None) if declaration else None
    result = getattr(draw, "result", None) if draw else None
    now = clock.now_for(call)
    obstacles: list[str] = []
    plan: quota_draws.Plan | None = None
    form: forms.Form | None
    if draw is None:
        obstacles = freezing.obstacles(call)
        step, form = "freeze", draw_forms.FreezeForm()
        plan = _plan(call, obstacles)
    elif call.state == Call.State.WITHDRAWN:
        step, form = "withdrawn", None
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
    elif activation is not None and activation.confirmed_at and fallback is None:
        step, form = "fallback", draw_forms.FallbackForm()
    elif beacon is None and fallback is None and declaration.drand_round:
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
        "activation": activation,
        "fallback": fallback,
        "fallback_until": fallbacks.sales_close(declaration) if declaration else None,
        "give_up_form": draw_forms.ActivationForm(
            initial={"proposal": activation.pk if activation else None}
        )
        if step == "beacon"
        else None,
        "has_relays": bool(settings.DRAND_RELAYS),
        "missing": readiness.missing(call) if call.state == Call.State.FROZEN else [],
        **_correction(request, call, draw),
        **_motion(request, call, draw),
        "may_rehearse": draw_permissions.can_write_record(request.user, call),
        "result": result,
        "internal_minutes": releases.latest(draw, minutes.INTERNAL_KIND)
        if result and draw
        else None,
        "requested": draws.is_requested(call),
        "offers": list(draw.offers.select_related("seat", "application")) if draw else [],
        "departures": _departures(draw, request, now) if draw else [],
        "tell_form": draw_forms.TellForm()
        if draw_permissions.can_ask_again(request.user, call)
        else None,
        "obstacles": obstacles,
        "untold": objections.periods_of(call).untold if step == "freeze" else 0,
        "may_send": permissions.can_send_notices(request.user, call),
        "trail": trail_of(call),
        "plan": plan,
        "step": step,
        "form": form,
        "own_proposal": bool(declaration and declaration.proposed_by_id == request.user.pk),
        "now": now,
        "can_move_clock": simulation.can_move(call),
    }


def trail_of(call: Call) -> list[dict[str, str]]:
    """The way back from the desk of a draw to its call."""
    slug = call.circle.slug
    return [
        {"url": reverse("circle", args=[slug]), "label": str(call.circle.name)},
        {"url": reverse("call", args=[slug]), "label": _("Call")},
    ]


def _plan(call: Call, obstacles: list[str]) -> quota_draws.Plan | None:
    """What closing the pool would publish; why not is one more of the `obstacles`."""
    if obstacles:
        return None
    try:
        return quota_draws.plan(call)
    except quota_draws.NoLottery as fault:
        obstacles.append(fault.message)
        return None


def _departures(
    draw: Draw, request: HttpRequest, now: dt.datetime
) -> list[tuple[Departure, list[str]]]:
    """Those that wait, each with what keeps this reader from letting the seat pass on."""
    if not draw_permissions.can_pass_on(request.user, draw.call):
        return []
    found = Departure.objects.filter(offer__draw=draw, state=Departure.State.OPEN)
    reader = myself(request)
    return [
        (each, departures.obstacles(each, by=reader, now=now))
        for each in found.select_related("offer__seat", "offer__application", "told_by")
    ]


def _correction(request: HttpRequest, call: Call, draw: Draw | None) -> dict[str, Any]:
    """The proposal to correct the pool that waits, or whether one could be made."""
    if draw is None or call.state != Call.State.FROZEN:
        return {"correction": None, "may_correct": False}
    waiting = corrections.open_proposal(draw)
    may = draw_permissions.can_declare(request.user, call)
    return {
        "correction": waiting,
        "own_correction": bool(waiting and waiting.proposed_by_id == request.user.pk),
        "correction_form": draw_forms.ConfirmCorrectionForm(
            initial={"correction": waiting.pk, "seen": waiting.digest}
        )
        if waiting
        else None,
        "may_correct": may and not waiting and corrections.is_possible(call, draw),
    }


def _motion(request: HttpRequest, call: Call, draw: Draw | None) -> dict[str, Any]:
    """The proposal to withdraw the draw or to bring a ticket back that waits, or could be made."""
    if draw is None or not motions.kinds_for(call):
        annulment = motions.annulment_of(draw) if draw else None
        return {"motion": None, "may_move": False, "annulment": annulment}
    waiting = motions.open_motion(draw)
    return {
        "motion": waiting,
        "own_motion": bool(waiting and waiting.proposed_by_id == request.user.pk),
        "carry_form": draw_forms.CarryForm(initial={"motion": waiting.pk}) if waiting else None,
        "may_move": draw_permissions.can_declare(request.user, call),
    }

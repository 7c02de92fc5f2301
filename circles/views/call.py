"""The public call, and how the office prepares, previews and opens it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from circles import clock, draw_permissions, permissions
from circles.calling import calls, extensions, planning, readability, trials, withdrawals
from circles.forms.call import CallForm, ExtensionForm, initial_for, initial_from
from circles.models import Call, Circle, Draw
from circles.views.asked import asked_call, trial_query
from circles.views.call_plan import dates_from, sessions
from circles.views.lines import figures_of, lines_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.look import moments
from foundation.posting.once import once


@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest call of a circle in plain words; a draft is a preview for the office."""
    circle = get_object_or_404(Circle.objects.select_related("work_order"), slug=slug)
    found = asked_call(request, circle, Call.objects.visible_to(request.user))
    now = clock.now_for(found)
    context = page_of(found, now) | {
        "circle": circle,
        "trial_query": trial_query(found),
        "draw": Draw.objects.filter(call=found).first(),
        "trail": [
            {"url": reverse("circle_list"), "label": _("Innovation circles")},
            {"url": reverse("circle", args=[slug]), "label": str(circle.name)},
        ],
        "may_write": permissions.can_write_call(request.user, circle),
        "may_read": permissions.can_read_applications(request.user, found),
        "may_draw": draw_permissions.can_see_draw_desk(request.user, found),
    }
    if context["may_write"] and found.state == Call.State.DRAFT:
        plan = planning.of_call(found)
        context |= {
            "obstacles": calls.obstacles(found, now),
            "plan": plan,
            "entries": plan.entries(),
            "hints": readability.hints_of(found),
            "trial": trials.of_circle(circle),
            "as_citizen": "vorschau" in request.GET,
        }
    return render(request, "circles/call.html", context)


@login_required
@once
def call_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare a call for a circle."""
    circle = get_object_or_404(Circle.objects.select_related("work_order"), slug=slug)
    require(permissions.can_write_call(request.user, circle))
    form = CallForm(
        sessions(),
        None,
        request.POST or None,
        circle=circle,
        initial=initial_for(circle, calls.draw_id_for(circle)) | dates_from(request),
    )
    if request.method == "POST" and form.is_valid():
        calls.create_call(
            circle,
            **form.values(),
            texts=form.all_texts(),
            criteria=form.criteria(),
            by=myself(request),
        )
        return redirect("call", slug)
    return render(request, "circles/call_edit.html", {"form": form, "circle": circle})


@login_required
@once
def call_edit(request: HttpRequest, call_id: int) -> HttpResponse:
    """Change a call in preparation."""
    found = _call(request, call_id)
    form = CallForm(sessions(), found, request.POST or None, initial=initial_from(found))
    if request.method == "POST" and form.is_valid():
        try:
            calls.edit_call(found, by=myself(request), **form.values(), **form.all_texts())
            calls.set_criteria(found, form.criteria(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("call", found.circle.slug)
    return render(request, "circles/call_edit.html", {"form": form, "circle": found.circle})


@login_required
@once
@require_POST
def call_open(request: HttpRequest, call_id: int) -> HttpResponse:
    found = _call(request, call_id)
    try:
        calls.open_call(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The call is open. Its criteria are fixed from now on."))
    return redirect("call", found.circle.slug)


@login_required
@once
@require_POST
def call_withdraw(request: HttpRequest, call_id: int) -> HttpResponse:
    found = _call(request, call_id)
    try:
        withdrawals.withdraw_call(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The call is withdrawn. Its page says so."))
    return redirect("circle", found.circle.slug)


@login_required
@once
def call_extend(request: HttpRequest, call_id: int) -> HttpResponse:
    """Put the deadline of an open call off, publicly and with a reason."""
    found = _call(request, call_id)
    require(permissions.can_extend_call(request.user, found))
    form = ExtensionForm(sessions(), found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = {name: form.cleaned_data[name] for name in ("closes_at", "meeting")}
        try:
            told = extensions.extend(found, **new, reason=form.text("reason"), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _extended(told))
            return redirect("call", found.circle.slug)
    context = {"form": form, "call": found, "zone": settings.TIME_ZONE}
    context["obstacles"] = extensions.obstacles(found, clock.now_for(found))
    return render(request, "circles/call_extend.html", context)


def _extended(told: int) -> str:
    return ngettext(
        "The call is extended. One person who applied gets a message.",
        "The call is extended. %(n)d people who applied get a message.",
        told,
    ) % {"n": told}


def page_of(found: Call, now: Any) -> dict[str, Any]:
    """What every page about a call shows of it."""
    return {
        "call": found,
        "now": now,
        "is_open": found.state == Call.State.OPEN and found.opens_at <= now < found.closes_at,
        "is_over": found.state != Call.State.DRAFT and now >= found.closes_at,
        "criteria": list(found.criteria.all()),
        "attributes": list(found.attributes.prefetch_related("values")),
        "extensions": list(found.extensions.select_related("meeting__body", "met_in")),
        "effort": figures_of(found.effort) + figures_of(found.allowance),
        "not_needed": lines_of(found.not_needed),
        "deadline_words": deadline_words(found),
        "zone": settings.TIME_ZONE,
        "body_zone": found.meeting.body.time_zone,
    }


def deadline_words(found: Call) -> str:
    """What stands below the big number of days."""
    closes = moments.local(found.closes_at)
    return _("days left, until %(day)s, %(time)s") % {
        "day": moments.weekday_text(closes.date()),
        "time": moments.clock_text(closes),
    }


def _call(request: HttpRequest, call_id: int) -> Call:
    found = get_object_or_404(
        Call.objects.visible_to(request.user).select_related("circle__work_order", "meeting__body"),
        pk=call_id,
    )
    require(permissions.can_write_call(request.user, found.circle))
    return found

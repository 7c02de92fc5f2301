"""How a partnership stands: phase and gate, rest and end, formality, cities, lessons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.course import dormancy, formality, lessons, phases, standing
from partnerships.forms import standing as forms
from partnerships.models import Partnership
from partnerships.portrait import portrait_figures
from partnerships.views.answers import answer, fetch_partnership

F = TypeVar("F", bound=Form)


def _mine(request: HttpRequest, slug: str) -> Partnership:
    found = fetch_partnership(request, slug)
    require(permissions.can_edit_partnership(request.user, found))
    return found


def _step(
    request: HttpRequest, found: Partnership, form: F, act: Callable[[F], object], *, heading: str
) -> HttpResponse:
    return answer(
        request,
        form,
        act,
        to=reverse("partnership_standing", args=[found.slug]),
        template="partnerships/part.html",
        context={"partnership": found, "heading": heading},
        done=_("Saved."),
    )


@login_required
@require_safe
def partnership_standing(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    way_back = standing.way_back_is_open(found)
    context = {
        "partnership": found,
        "parties": found.parties.select_related("municipality"),
        "phase_labels": portrait_figures.phase_labels(),
        "phase_number": portrait_figures.phase_number(found),
        "gate": None if found.is_at_rest else phases.next_gate(found),
        "silent_since": dormancy.silent_since(found),
        "category": formality.category_of(found),
        "steps": found.formality_steps.select_related("by").order_by("-since", "-pk"),
        "turns": found.turning_points.select_related("by").order_by("-at", "-pk"),
        "lessons": found.lessons.select_related("by"),
        "is_office": permissions.is_office(request.user),
        "may_reopen": permissions.can_reopen_partnership(request.user, found, way_back=way_back),
        "way_back": way_back,
    }
    return render(request, "partnerships/partnership_standing.html", context)


@login_required
@once
def partnership_suspend(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    return _step(
        request,
        found,
        forms.SuspendForm(request.POST or None),
        lambda form: standing.suspend(
            found,
            reason=form.words("reason"),
            until=form.cleaned_data["until"],
            by=myself(request),
        ),
        heading=_("Suspend the partnership"),
    )


@login_required
@once
def partnership_resume(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    return _step(
        request,
        found,
        forms.ReasonForm(request.POST or None),
        lambda form: standing.resume(found, reason=form.words("reason"), by=myself(request)),
        heading=_("Resume the partnership"),
    )


@login_required
@once
def partnership_end(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    return _step(
        request,
        found,
        forms.EndForm(request.POST or None),
        lambda form: standing.end(
            found,
            reason=form.words("reason"),
            running=form.words("running"),
            way_back_until=form.cleaned_data["way_back_until"],
            by=myself(request),
        ),
        heading=_("End the partnership"),
    )


@login_required
@once
def partnership_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    way_back = standing.way_back_is_open(found)
    require(permissions.can_reopen_partnership(request.user, found, way_back=way_back))
    return _step(
        request,
        found,
        forms.ReopenForm(request.POST or None),
        lambda form: standing.reopen(found, reason=form.words("reason"), by=myself(request)),
        heading=_("Open the partnership again"),
    )


@login_required
@once
def partnership_renew(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    return _step(
        request,
        found,
        forms.RenewForm(request.POST or None),
        lambda form: phases.renew(
            found,
            with_new_goals=form.cleaned_data["way"] == "new",
            reason=form.words("reason"),
            by=myself(request),
        ),
        heading=_("Renew the partnership"),
    )


@login_required
@once
def formality_note(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    return _step(
        request,
        found,
        forms.FormalityForm(request.POST or None),
        lambda form: formality.note_formality(
            found,
            Partnership.Formality(form.cleaned_data["formality"]),
            basis=form.words("basis"),
            since=form.cleaned_data["since"],
            by=myself(request),
        ),
        heading=_("Note the degree of formality"),
    )


@login_required
@once
def lesson_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    return _step(
        request,
        found,
        forms.LessonForm(request.POST or None),
        lambda form: lessons.note_lesson(found, form.words("text"), by=myself(request)),
        heading=_("Write down what you have learnt"),
    )


@login_required
@once
def party_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = fetch_partnership(request, slug)
    require(permissions.can_add_party(request.user, found))
    return _step(
        request,
        found,
        forms.PartyForm(request.POST or None),
        lambda form: phases.add_party(found, form.cleaned_data["municipality"], by=myself(request)),
        heading=_("Add a city or region to the partnership"),
    )

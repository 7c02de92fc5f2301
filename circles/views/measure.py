"""Measures of a result: added, changed while it is prepared, and moved once it is public."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles import permissions
from circles.forms.measure import MeasureForm, StepForm
from circles.models import Measure, Result
from circles.resulting import measures
from circles.views.result_office import crumbs
from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@once
def measure_new(request: HttpRequest, number: str) -> HttpResponse:
    """Add a measure, before or after publication."""
    require(permissions.can_prepare_results(request.user))
    found = get_object_or_404(
        Result.objects.select_related("work_order"), work_order__number=number
    )
    return answer(
        request,
        MeasureForm(found, None, request.POST or None),
        lambda form: measures.add(found, **form.values(), by=myself(request)),
        to=_back(number),
        template="circles/measure_edit.html",
        context={"result": found, "trail": crumbs(found), "heading": _("Add a measure")},
    )


@login_required
@once
def measure_edit(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """Write a measure anew while its result is prepared."""
    found = _measure(request, number, n)
    return answer(
        request,
        MeasureForm(found.result, found, request.POST or None),
        lambda form: measures.replace(found, **form.values(), by=myself(request)),
        to=_back(number),
        template="circles/measure_edit.html",
        context={
            "result": found.result,
            "trail": crumbs(found.result),
            "heading": _("Change the measure"),
        },
    )


@login_required
@require_POST
@once
def measure_remove(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """Take a measure out while its result is prepared."""
    found = _measure(request, number, n)
    return act_and_return(
        request, lambda: measures.remove(found, by=myself(request)), to=_back(number)
    )


@login_required
@once
def measure_move(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """Note how a public measure goes on."""
    found = _measure(request, number, n)
    return answer(
        request,
        StepForm(found, request.POST or None),
        lambda form: measures.move(
            found,
            state=form.cleaned_data["state"],
            due_on=form.cleaned_data["due_on"],
            note=form.text("note"),
            by=myself(request),
        ),
        to=_back(number),
        template="circles/measure_move.html",
        context={"measure": found, "result": found.result, "trail": crumbs(found.result)},
    )


def _measure(request: HttpRequest, number: str, n: int) -> Measure:
    require(permissions.can_prepare_results(request.user))
    measures_of = Measure.objects.select_related("result__work_order")
    return get_object_or_404(measures_of, result__work_order__number=number, n=n)


def _back(number: str) -> str:
    return f"{reverse('result', args=[number])}#massnahmen"

"""Recommendations to politics: read by everybody, drafted, published and answered by the office."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.localized import initial_of
from formats.forms.recommendation import AnswerForm, RecommendationForm
from formats.learning import papers, recommendations
from formats.models import Recommendation
from formats.views.learning.doors import own_cohort
from foundation.access import require
from foundation.accounts.people import myself
from foundation.documents import files, releases
from foundation.errors import DomainError
from foundation.posting.once import once

State = Recommendation.State


@require_safe
def recommendation(request: HttpRequest, slug: str, ordinal: int) -> HttpResponse:
    """Three points, what should change, where it comes from, what was answered."""
    found = _recommendation(request, slug, ordinal)
    context = {
        "each": found,
        "cohort": found.cohort,
        "network": found.network,
        "sessions": list(found.sessions.in_order()),
        "number": papers.number_of(found),
        "paper": releases.latest(found, papers.KIND),
        "may_run": permissions.can_run_learning(request.user),
        "trail": [
            {"url": reverse("learning_network", args=[slug]), "label": found.network.name},
        ],
    }
    return render(request, "formats/recommendation.html", context)


@require_safe
def recommendation_paper(request: HttpRequest, slug: str, ordinal: int) -> HttpResponse:
    """The sealed paper; 404 while the worker has not made it."""
    found = _recommendation(request, slug, ordinal)
    release = releases.latest(found, papers.KIND)
    if release is None:
        raise Http404
    answer = HttpResponse(files.read(release.file), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{release.number}.pdf"'
    return answer


@login_required
@once
def recommendation_create(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    found = own_cohort(request, slug, year)
    form = RecommendationForm(request.POST or None, cohort=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = recommendations.draft(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error("sessions", error.message)
        else:
            return redirect("recommendation", slug, made.number)
    context = {
        "form": form, "cohort": found, "network": found.network,
        "heading": _("Draft a recommendation"),
    }  # fmt: skip
    return render(request, "formats/learning_form.html", context)


@login_required
@once
def recommendation_edit(request: HttpRequest, slug: str, ordinal: int) -> HttpResponse:
    """New words, while it is a draft."""
    found = _own(request, slug, ordinal)
    start: dict[str, object] = {"sessions": found.sessions.all()}
    kept = {name: getattr(found, name) for name in RecommendationForm.texts}
    for name, text in kept.items():
        start |= initial_of(name, text)
    form = RecommendationForm(request.POST or None, cohort=found.cohort, initial=start, kept=kept)
    if request.method == "POST" and form.is_valid():
        try:
            recommendations.reword(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("recommendation", slug, ordinal)
    return _form(request, form, found, _("Change the draft"))


@login_required
@once
@require_POST
def recommendation_publish(request: HttpRequest, slug: str, ordinal: int) -> HttpResponse:
    try:
        recommendations.publish(_own(request, slug, ordinal), by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("It is published. The sealed paper follows in a moment."))
    return redirect("recommendation", slug, ordinal)


@login_required
@once
def recommendation_answer(request: HttpRequest, slug: str, ordinal: int) -> HttpResponse:
    """What the addressee said."""
    found = _own(request, slug, ordinal)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        try:
            recommendations.answer(found, form.text("answer"), on=on, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("recommendation", slug, ordinal)
    return _form(request, form, found, _("Note the answer"))


def _recommendation(request: HttpRequest, slug: str, ordinal: int) -> Recommendation:
    rows = Recommendation.objects.visible_to(request.user).select_related(
        "cohort__network", "network"
    )
    return get_object_or_404(rows, network__slug=slug, number=ordinal)


def _own(request: HttpRequest, slug: str, ordinal: int) -> Recommendation:
    found = _recommendation(request, slug, ordinal)
    require(permissions.can_run_learning(request.user))
    return found


def _form(request: HttpRequest, form: object, found: Recommendation, heading: str) -> HttpResponse:
    context = {
        "form": form, "cohort": found.cohort, "network": found.network, "heading": heading,
    }  # fmt: skip
    return render(request, "formats/learning_form.html", context)

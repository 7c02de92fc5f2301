"""The analysis of a home city: list, board with bars, criteria, candidates, decision.

The office writes; partners of the home city read. Nobody else sees that it exists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.cities import analyses, analysis_figures, scores
from partnerships.forms import analyses as forms
from partnerships.models import Analysis
from partnerships.views.answers import act_and_return, answer

F = TypeVar("F", bound=Form)


def fetch_analysis(request: HttpRequest, slug: str) -> Analysis:
    """The analysis that this person may see, else 404."""
    visible = Analysis.objects.visible_to(request.user).select_related("home", "partnership")
    return get_object_or_404(visible, slug=slug)


def own_analysis(request: HttpRequest, slug: str) -> Analysis:
    """The analysis if this person may write in it, else 404 or 403."""
    found = fetch_analysis(request, slug)
    require(permissions.can_write_analysis(request.user))
    return found


def step(
    request: HttpRequest,
    found: Analysis,
    form: F,
    act: Callable[[F], object],
    *,
    heading: str,
    to: str = "",
) -> HttpResponse:
    """One form of an analysis; back to its page, or to `to`."""
    back = to or reverse("analysis", args=[found.slug])
    return answer(
        request,
        form,
        act,
        to=back,
        template="partnerships/entry.html",
        context={"heading": heading, "back": back},
        done=_("Saved."),
    )


@login_required
@require_safe
def analysis_list(request: HttpRequest) -> HttpResponse:
    require(permissions.can_see_analyses(request.user))
    found = Analysis.objects.visible_to(request.user).select_related("home", "chosen__municipality")
    context = {
        "analyses": found,
        "may_write": permissions.can_write_analysis(request.user),
    }
    return render(request, "partnerships/analysis_list.html", context)


@login_required
@once
def analysis_new(request: HttpRequest) -> HttpResponse:
    require(permissions.can_write_analysis(request.user))
    return answer(
        request,
        forms.AnalysisForm(request.POST or None),
        lambda form: analyses.begin(
            form.cleaned_data["home"],
            title=form.cleaned_data["title"],
            question=form.cleaned_data["question"],
            by=myself(request),
        ),
        to=reverse("analysis_list"),
        template="partnerships/entry.html",
        context={"heading": _("Begin an analysis"), "back": reverse("analysis_list")},
        done=_("The analysis is there, with twelve proposed criteria."),
    )


@login_required
@require_safe
def analysis(request: HttpRequest, slug: str) -> HttpResponse:
    found = fetch_analysis(request, slug)
    criteria = list(found.criteria.all())
    lines = scores.board(found, criteria)
    rankings = list(found.rankings.select_related("by"))
    context = {
        "analysis": found,
        "criteria": criteria,
        "lines": lines,
        "bars": analysis_figures.bars_of(criteria, lines),
        "rankings": analysis_figures.named(rankings, lines),
        "chosen": next((each for each in lines if each.candidate.pk == found.chosen_id), None),
        "may_write": permissions.can_write_analysis(request.user),
    }
    return render(request, "partnerships/analysis.html", context)


@login_required
@once
def analysis_criterion_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_analysis(request, slug)
    return step(
        request,
        found,
        forms.CriterionForm(request.POST or None),
        lambda form: analyses.set_criterion(
            found,
            name=form.words("name"),
            anchors=form.anchors,
            weight=form.cleaned_data["weight"],
            by=myself(request),
        ),
        heading=_("Add a criterion"),
    )


@login_required
@once
def analysis_criterion(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    found = own_analysis(request, slug)
    criterion = get_object_or_404(found.criteria, position=position)
    form = forms.CriterionForm(
        request.POST or None, texts={"name": criterion.name}, criterion=criterion
    )
    return step(
        request,
        found,
        form,
        lambda form: analyses.set_criterion(
            found,
            name=form.words("name"),
            anchors=form.anchors,
            weight=form.cleaned_data["weight"],
            criterion=criterion,
            by=myself(request),
        ),
        heading=_("Change the criterion"),
    )


@login_required
@require_POST
@once
def analysis_weigh(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_analysis(request, slug)
    return act_and_return(
        request,
        lambda: analyses.weigh(found, not found.uses_weights, by=myself(request)),
        to=reverse("analysis", args=[slug]),
        done=_("Saved."),
    )


@login_required
@once
def analysis_rank(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_analysis(request, slug)
    return step(
        request,
        found,
        forms.RankingForm(request.POST if request.method == "POST" else None),
        lambda form: scores.note_ranking(
            found, remark=form.cleaned_data["remark"], by=myself(request)
        ),
        heading=_("Keep the provisional ranking of today"),
    )


@login_required
@once
def analysis_decide(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_analysis(request, slug)
    return step(
        request,
        found,
        forms.DecisionForm(request.POST or None, analysis=found),
        lambda form: analyses.decide(
            found,
            form.cleaned_data["candidate"],
            reason=form.words("reason"),
            single_reason=form.words("single_reason"),
            by=myself(request),
        ),
        heading=_("Note the decision"),
    )


@login_required
@require_POST
@once
def analysis_reconsider(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_analysis(request, slug)
    return act_and_return(
        request,
        lambda: analyses.reconsider(found, by=myself(request)),
        to=reverse("analysis", args=[slug]),
        done=_("The analysis is open again."),
    )


@login_required
@require_POST
@once
def analysis_open(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_analysis(request, slug)
    return act_and_return(
        request,
        lambda: analyses.open_partnership(found, by=myself(request)),
        to=reverse("analysis", args=[slug]),
        done=_("The partnership is there, in phase analysis."),
    )

"""One candidate of an analysis: points with reasons, offers and needs, what connects both."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.cities import analyses, comparisons, scores
from partnerships.forms import analyses as forms
from partnerships.models import Analysis, Candidate, ConnectionPoint
from partnerships.views.analysis import fetch_analysis, own_analysis, step
from partnerships.views.answers import act_and_return, answer

Kind = ConnectionPoint.Kind


def _candidate(found: Analysis, city: str) -> Candidate:
    candidates = found.candidates.select_related("municipality", "analysis")
    return get_object_or_404(candidates, municipality__slug=city)


@login_required
@once
def candidate_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = own_analysis(request, slug)
    return step(
        request,
        found,
        forms.CandidateForm(request.POST or None),
        lambda form: analyses.add_candidate(
            found, form.cleaned_data["municipality"], by=myself(request)
        ),
        heading=_("Add a candidate"),
    )


@login_required
@require_safe
def candidate(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    found = fetch_analysis(request, slug)
    looked_at = _candidate(found, city)
    given = {each.criterion_id: each for each in looked_at.scores.select_related("by")}
    points = list(looked_at.points_of_contact.all())
    context = {
        "analysis": found,
        "candidate": looked_at,
        "scored": [(each, given.get(each.pk)) for each in found.criteria.all()],
        "similar": [each for each in points if each.kind == Kind.SIMILARITY],
        "complementary": [each for each in points if each.kind == Kind.COMPLEMENT],
        "connections": [
            each for each in points if each.kind not in (Kind.SIMILARITY, Kind.COMPLEMENT)
        ],
        "matches": looked_at.matches.select_related("topic"),
        "may_write": permissions.can_write_analysis(request.user),
    }
    return render(request, "partnerships/candidate.html", context)


@login_required
@once
def candidate_score(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    found = own_analysis(request, slug)
    looked_at = _candidate(found, city)

    def act(form: forms.ScoresForm) -> None:
        with transaction.atomic():
            for criterion, points, reason in form.given():
                scores.score(looked_at, criterion, points, reason, by=myself(request))

    form = forms.ScoresForm(
        request.POST if request.method == "POST" else None,
        criteria=list(found.criteria.all()),
        scores={each.criterion_id: each for each in looked_at.scores.all()},
    )
    return answer(
        request,
        form,
        act,
        to=reverse("candidate", args=[slug, city]),
        template="partnerships/candidate_score.html",
        context={"analysis": found, "candidate": looked_at},
        done=_("Saved."),
    )


@login_required
@once
def candidate_point(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    found = own_analysis(request, slug)
    looked_at = _candidate(found, city)
    return step(
        request,
        found,
        forms.PointForm(request.POST or None),
        lambda form: comparisons.note_point(
            looked_at, Kind(form.cleaned_data["kind"]), form.words("text"), by=myself(request)
        ),
        heading=_("Note what connects both cities"),
        to=reverse("candidate", args=[slug, city]),
    )


@login_required
@require_POST
@once
def candidate_point_drop(request: HttpRequest, slug: str, city: str, pk: int) -> HttpResponse:
    found = own_analysis(request, slug)
    point = get_object_or_404(_candidate(found, city).points_of_contact, pk=pk)
    return act_and_return(
        request,
        lambda: comparisons.drop_point(point, by=myself(request)),
        to=reverse("candidate", args=[slug, city]),
        done=_("Saved."),
    )


@login_required
@once
def candidate_match(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    found = own_analysis(request, slug)
    looked_at = _candidate(found, city)
    form = forms.MatchForm(request.POST or None, home=found.home, other=looked_at.municipality)
    return step(
        request,
        found,
        form,
        lambda form: comparisons.match_topic(looked_at, by=myself(request), **form.cleaned_data),
        heading=_("Offers and needs on a topic"),
        to=reverse("candidate", args=[slug, city]),
    )

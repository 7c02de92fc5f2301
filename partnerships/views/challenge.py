"""The catalogue of challenges: list by topic, one challenge with its cities, new entries."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.cities import challenges
from partnerships.forms.challenges import ChallengeForm, StanceForm
from partnerships.models import Challenge, CityChallenge, Project, Topic
from partnerships.views.answers import answer


@require_safe
def challenge_list(request: HttpRequest) -> HttpResponse:
    shown = challenges.with_cities(Challenge.objects.visible_to(request.user))
    wanted = request.GET.get("thema", "")
    topics = list(Topic.objects.filter(challenges__isnull=False).distinct())
    topic = next((each for each in topics if each.slug == wanted), None)
    context = {
        "challenges": shown.filter(topic=topic) if topic else shown,
        "topics": topics,
        "topic": topic,
        "may_add": permissions.can_list_challenge(request.user),
    }
    return render(request, "partnerships/challenge_list.html", context)


@require_safe
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    shown = challenges.with_cities(Challenge.objects.visible_to(request.user))
    found = get_object_or_404(shown, slug=slug)
    cities = found.cities.all()
    context = {
        "challenge": found,
        "seeking": [city for city in cities if city.stance == CityChallenge.Stance.SEEKS],
        "solving": [city for city in cities if city.stance != CityChallenge.Stance.SEEKS],
        "projects": Project.objects.visible_to(request.user)
        .filter(challenge=found)
        .select_related("partnership"),
        "may_edit": permissions.can_list_challenge(request.user),
        "is_office": permissions.is_office(request.user),
    }
    return render(request, "partnerships/challenge.html", context)


@login_required
@once
def challenge_new(request: HttpRequest) -> HttpResponse:
    require(permissions.can_list_challenge(request.user))
    return answer(
        request,
        ChallengeForm(request.POST or None),
        lambda form: challenges.list_challenge(
            title=form.words("title"),
            description=form.words("description"),
            topic=form.cleaned_data["topic"],
            by=myself(request),
        ),
        to=reverse("challenge_list"),
        template="partnerships/entry.html",
        context={"heading": _("Add a challenge"), "back": reverse("challenge_list")},
        done=_("Saved."),
    )


@login_required
@once
def challenge_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Challenge.objects.visible_to(request.user), slug=slug)
    require(permissions.is_office(request.user))
    form = ChallengeForm(
        request.POST or None,
        texts={name: getattr(found, name) for name in ChallengeForm.WORDS},
        initial={"topic": found.topic_id},
    )
    back = reverse("challenge", args=[slug])
    return answer(
        request,
        form,
        lambda form: challenges.reword(
            found,
            title=form.words("title"),
            description=form.words("description"),
            topic=form.cleaned_data["topic"],
            by=myself(request),
        ),
        to=back,
        template="partnerships/entry.html",
        context={"heading": _("Change the challenge"), "back": back},
        done=_("Saved."),
    )


@login_required
@once
def challenge_city(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Challenge.objects.visible_to(request.user), slug=slug)
    require(permissions.can_list_challenge(request.user))
    back = reverse("challenge", args=[slug])
    return answer(
        request,
        StanceForm(request.POST or None, cities=permissions.own_cities(request.user)),
        lambda form: challenges.take_stance(
            found,
            form.cleaned_data["municipality"],
            stance=CityChallenge.Stance(form.cleaned_data["stance"]),
            solution=form.words("solution"),
            website=form.cleaned_data["website"],
            by=myself(request),
        ),
        to=back,
        template="partnerships/entry.html",
        context={"heading": _("Where a city stands"), "back": back},
        done=_("Saved."),
    )

"""Topics, industries and research foci: the taxonomy, and everything under one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from partnerships import permissions
from partnerships.cities import challenges
from partnerships.models import Challenge, CityLab, Focus, Partnership, Project, Topic

SHOWN = 20


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    topics = list(Topic.objects.all())
    context = {
        "groups": [
            (kind.label, [each for each in topics if each.kind == kind]) for kind in Topic.Kind
        ],
        "may_add": permissions.can_list_actor(request.user),
    }
    return render(request, "partnerships/topic_list.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    user, visible = request.user, Partnership.objects.visible_to(request.user).values("pk")
    language = (get_language() or "de").split("-")[0]
    context = {
        "topic": found,
        "foci": found.foci.filter(partnership__in=visible)
        .exclude(status=Focus.Status.DROPPED)
        .select_related("partnership"),
        "challenges": challenges.with_cities(
            Challenge.objects.visible_to(user).filter(topic=found)
        ),
        "projects": Project.objects.visible_to(user)
        .filter(topic=found)
        .select_related("partnership"),
        "labs": CityLab.objects.visible_to(user).filter(topics=found).select_related("partnership"),
        "actors": found.actors.visible_to(user).sorted_for(language)[:SHOWN],
    }
    return render(request, "partnerships/topic.html", context)

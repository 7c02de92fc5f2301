"""Cities and topics of the directory, and new ones by office and partners."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import directory, permissions
from partnerships.forms import directory as forms
from partnerships.models import Municipality, Partnership, Topic
from partnerships.views.answers import answer

PAGE_SIZE = 20


@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Municipality.objects.visible_to(request.user), slug=slug)
    partnerships = Partnership.objects.visible_to(request.user).filter(parties__municipality=found)
    context = {
        "municipality": found,
        "strengths": found.strengths_in(_reader_language()),
        "partnerships": partnerships,
        "actors": found.actors.visible_to(request.user).sorted_for(_reader_language())[:PAGE_SIZE],
    }
    return render(request, "partnerships/municipality.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    visible = Partnership.objects.visible_to(request.user).values("pk")
    context = {
        "topic": found,
        "foci": found.foci.filter(partnership__in=visible)
        .exclude(status="dropped")
        .select_related("partnership"),
        "actors": found.actors.visible_to(request.user).sorted_for(_reader_language()),
    }
    return render(request, "partnerships/topic.html", context)


@login_required
@once
def municipality_new(request: HttpRequest) -> HttpResponse:
    require(permissions.is_office(request.user))
    return answer(
        request,
        forms.MunicipalityForm(request.POST or None),
        lambda form: directory.list_municipality(
            form.cleaned_data["slug"],
            name=form.words("name"),
            kind=form.cleaned_data["kind"],
            country=form.cleaned_data["country"],
            region=form.cleaned_data["region"],
            is_fictional=form.cleaned_data["is_fictional"],
            by=myself(request),
        ),
        to=reverse("partnership_new"),
        template="partnerships/entry.html",
        context={"heading": _("Add a city or region"), "back": reverse("partnership_list")},
        done=_("Saved."),
    )


@login_required
@once
def topic_new(request: HttpRequest) -> HttpResponse:
    require(permissions.can_list_actor(request.user))
    return answer(
        request,
        forms.TopicForm(request.POST or None),
        lambda form: directory.list_topic(
            form.cleaned_data["slug"],
            name=form.words("name"),
            kind=form.cleaned_data["kind"],
            by=myself(request),
        ),
        to=reverse("partnership_list"),
        template="partnerships/entry.html",
        context={"heading": _("Add a topic"), "back": reverse("partnership_list")},
        done=_("Saved."),
    )


def _reader_language() -> str:
    return (get_language() or "de").split("-")[0]

"""Joint projects: their public page, and everything that brings one from idea to result."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.deeds import projects
from partnerships.forms import deeds as forms
from partnerships.models import Project
from partnerships.views.adding import add, editable, initial_of, texts_of
from partnerships.views.answers import act_and_return

TIES = ("mode", "topic", "challenge", "encounter", "proposed_by", "starts_on", "ends_on")


@require_safe
def project(request: HttpRequest, slug: str, project: str) -> HttpResponse:
    """What it is, who makes it, what citizens have of it, what came out."""
    ties = ("partnership", "topic", "challenge", "encounter")
    visible = Project.objects.visible_to(request.user).select_related(*ties)
    found = get_object_or_404(visible, slug=project, partnership__slug=slug)
    places = list(found.places.select_related("actor", "party__municipality"))
    context = {
        "partnership": found.partnership,
        "photo": found.photos.standing().first(),
        "project": found,
        "places": [place for place in places if place.actor.is_published],
        "crossings": projects.crossings([place.actor for place in places]),
        "milestones": found.milestones.all(),
        "may_edit": request.user.is_authenticated
        and permissions.can_edit_partnership(request.user, found.partnership),
    }
    return render(request, "partnerships/project.html", context)


@login_required
@once
def project_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    meeting = request.GET.get("treffen", "")
    initial = {"encounter": meeting} if meeting.isdecimal() else {}
    return add(
        request,
        found,
        forms.IdeaForm(request.POST or None, partnership=found, initial=initial),
        lambda form: projects.catch_idea(
            found,
            title=form.words("title"),
            encounter=form.cleaned_data["encounter"],
            proposed_by=form.cleaned_data["proposed_by"],
            by=myself(request),
        ),
        heading=_("Write an idea for a project down"),
    )


@login_required
@once
def project_edit(request: HttpRequest, slug: str, project: str) -> HttpResponse:
    found, kept = _own(request, slug, project)
    names = list(forms.ProjectForm.WORDS)

    def act(form: forms.ProjectForm) -> None:
        typed: dict[str, Any] = {name: form.cleaned_data[name] for name in TIES}
        typed |= {name: form.words(name) for name in names}
        projects.describe(kept, **typed, by=myself(request))

    form = forms.ProjectForm(
        request.POST or None,
        partnership=found,
        texts=texts_of(kept, names),
        initial=initial_of(kept, *TIES),
    )
    return add(request, found, form, act, heading=_("Describe the project"), to=_page(kept))


@login_required
@once
def project_put(request: HttpRequest, slug: str, project: str) -> HttpResponse:
    found, kept = _own(request, slug, project)
    return add(
        request,
        found,
        forms.ProjectStateForm(request.POST or None, initial={"state": kept.state}),
        lambda form: projects.put(
            kept,
            Project.State(form.cleaned_data["state"]),
            reason=form.words("reason"),
            by=myself(request),
        ),
        heading=_("Next stage: %(project)s") % {"project": kept},
        to=_page(kept),
    )


@login_required
@once
def project_join(request: HttpRequest, slug: str, project: str) -> HttpResponse:
    found, kept = _own(request, slug, project)
    return add(
        request,
        found,
        forms.PlaceForm(request.POST or None, partnership=found),
        lambda form: projects.join(
            kept,
            form.cleaned_data["actor"],
            party=form.cleaned_data["party"],
            leads=form.cleaned_data["leads"],
            by=myself(request),
        ),
        heading=_("Add an actor: %(project)s") % {"project": kept},
        to=_page(kept),
    )


@login_required
@require_POST
@once
def project_publish(request: HttpRequest, slug: str, project: str) -> HttpResponse:
    _found, kept = _own(request, slug, project)
    return act_and_return(
        request,
        lambda: projects.publish(kept, by=myself(request)),
        to=_page(kept),
        done=_("The project is public with its partnership."),
    )


def _own(request: HttpRequest, slug: str, project: str) -> tuple[Any, Project]:
    found = editable(request, slug)
    return found, get_object_or_404(found.projects, slug=project)


def _page(project: Project) -> str:
    return reverse("project", args=[project.partnership.slug, project.slug])

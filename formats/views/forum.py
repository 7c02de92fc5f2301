"""Forums: all of them, one with its events and partners; the office founds and describes them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.events import event_search, forums
from formats.events.event_page import line_of, roles_of
from formats.events.programmes import involve
from formats.forms.forum import ContributionForm, ForumForm
from formats.forms.localized import initial_of
from formats.forms.programme import ContributorForm
from formats.models import Event, Forum, ForumContribution, LearningNetwork, Outcome
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once

PARTNERS = 20


@require_safe
def forum_list(request: HttpRequest) -> HttpResponse:
    context = {
        "forums": list(Forum.objects.visible_to(request.user)),
        "may_found": permissions.can_run_events(request.user),
    }
    return render(request, "formats/forum_list.html", context)


@require_safe
def forum(request: HttpRequest, slug: str) -> HttpResponse:
    """Claim, moderators, numbered events, what was shown, regions, partners, ideas."""
    found = _forum(request, slug)
    language = (get_language() or "de").split("-")[0]
    partners = found.partners.visible_to(request.user).sorted_for(language)
    events = event_search.for_lists(Event.objects.visible_to(request.user).filter(forum=found))
    context = {
        "forum": found,
        "roles": roles_of(found.contributors.select_related("actor")),
        "lines": [line_of(each) for each in events.order_by("starts_on", "pk")],
        "contributions": _by_kind(found),
        "regions": list(found.regions.all()),
        "networks": list(LearningNetwork.objects.visible_to(request.user).filter(forum=found)),
        "topic_rows": list(found.topic_rows.select_related("topic")),
        "ideas": list(
            Outcome.objects.settled().filter(forum=found).prefetch_related("events")
            .select_related("topic", "project__partnership", "lab__partnership", "next_event")
        ),
        "page_obj": Paginator(partners, PARTNERS).get_page(request.GET.get("page")),
        "may_run": permissions.can_run_events(request.user),
        "trail": [{"url": reverse("forum_list"), "label": _("Forums")}],
    }  # fmt: skip
    return render(request, "formats/forum.html", context)


@login_required
@once
def forum_create(request: HttpRequest) -> HttpResponse:
    """Begin a forum; it is public only after it is published."""
    require(permissions.can_run_events(request.user))
    form = ForumForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = forums.found(**form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            forums.gather(made, **form.gathered(made), by=myself(request))
            return redirect("forum", made.slug)
    return render(request, "formats/forum_edit.html", {"form": form, "forum": None})


@login_required
@once
def forum_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = _own(request, slug)
    names = ("programme", "number", "partners_told", "part_of")
    start: dict[str, object] = {name: getattr(found, name) for name in names}
    start |= {"partners": found.partners.all(), "regions": found.regions.all()}
    start |= {"topics": [row.topic for row in found.topic_rows.select_related("topic")]}
    kept = {name: getattr(found, name) for name in ForumForm.texts}
    for name, text in kept.items():
        start |= initial_of(name, text)
    form = ForumForm(
        request.POST or None, user=request.user, forum=found, initial=start, kept=kept
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            forums.describe(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            forums.gather(found, **form.gathered(found), by=myself(request))
            return redirect("forum", slug)
    return render(request, "formats/forum_edit.html", {"form": form, "forum": found})


@login_required
@once
@require_POST
def forum_publish(request: HttpRequest, slug: str) -> HttpResponse:
    forums.publish(_own(request, slug), by=myself(request))
    return redirect("forum", slug)


@login_required
@once
def contribution_create(request: HttpRequest, slug: str) -> HttpResponse:
    """A project to show, an example, an assessment, limits, or a way to put it into practice."""
    found = _own(request, slug)
    form = ContributionForm(request.POST or None, user=request.user, forum=found)
    if request.method == "POST" and form.is_valid():
        forums.contribute(found, **form.values(), by=myself(request))
        return redirect("forum", slug)
    context = {"form": form, "forum": found, "heading": _("Add a contribution")}
    return render(request, "formats/forum_add.html", context)


@login_required
@once
@require_POST
def contribution_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _own(request, slug)
    row = get_object_or_404(found.contributions.select_related("forum"), pk=pk)
    forums.withdraw_contribution(row, by=myself(request))
    return redirect("forum", slug)


@login_required
@once
def forum_involve(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody moderates or carries the forum."""
    found = _own(request, slug)
    form = ContributorForm(request.POST or None, event=None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            involve(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("forum", slug)
    context = {"form": form, "forum": found, "heading": _("Add somebody")}
    return render(request, "formats/forum_add.html", context)


def _forum(request: HttpRequest, slug: str) -> Forum:
    rows = Forum.objects.visible_to(request.user).select_related("part_of")
    return get_object_or_404(rows, slug=slug)


def _own(request: HttpRequest, slug: str) -> Forum:
    found = _forum(request, slug)
    require(permissions.can_run_events(request.user))
    return found


def _by_kind(found: Forum) -> list[tuple[str, list[ForumContribution]]]:
    rows = list(found.contributions.select_related("actor", "event").prefetch_related("topics"))
    groups = [(str(k.label), [r for r in rows if r.kind == k]) for k in ForumContribution.Kind]
    return [(label, group) for label, group in groups if group]

"""The office's inbox of ideas: reading, answering, joining likes, throwing advertising away."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.idea import IdeaAnswerForm, IdeaPublicForm, JoinForm
from formats.forms.localized import initial_of
from formats.models import Idea
from formats.weighing import ideas
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once

PAGE_SIZE = 30


@login_required
@require_safe
def idea_inbox(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, oldest first; then what was settled."""
    require(permissions.can_read_ideas(request.user))
    rows = Idea.objects.select_related("action_field", "merged_into")
    rows = rows.annotate(likes=Count("duplicates"))
    settled = rows.exclude(state=Idea.State.RECEIVED).order_by("-settled_at", "-pk")
    context = {
        "waiting": rows.filter(state=Idea.State.RECEIVED).order_by("pk"),
        "page": Paginator(settled, PAGE_SIZE).get_page(request.GET.get("page")),
        "trail": [{"url": reverse("idea_list"), "label": _("Ideas")}],
    }
    return render(request, "formats/idea_inbox.html", context)


@login_required
@once
def idea_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one idea and answer it."""
    found = _idea(request, pk)
    form = IdeaAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ideas.answer(found, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The idea is answered."))
            return redirect("idea_inbox")
    context = _page(found) | {"form": form, "join_form": JoinForm(found)}
    return render(request, "formats/idea_answer.html", context)


@login_required
@once
@require_POST
def idea_join(request: HttpRequest, pk: int) -> HttpResponse:
    """A person says that two ideas are one."""
    found = _idea(request, pk)
    form = JoinForm(found, request.POST)
    if form.is_valid():
        try:
            ideas.join(found, form.cleaned_data["into"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The two ideas are one now and get one answer."))
            return redirect("idea_inbox")
    context = _page(found) | {"form": IdeaAnswerForm(), "join_form": form}
    return render(request, "formats/idea_answer.html", context)


@login_required
@once
@require_POST
def idea_discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = _idea(request, pk)
    try:
        ideas.discard(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Thrown away. You can fetch it back for thirty days."))
    return redirect("idea_inbox")


@login_required
@once
@require_POST
def idea_fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = _idea(request, pk)
    try:
        ideas.fetch_back(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The idea is in the inbox again."))
    return redirect("idea_inbox")


@login_required
@once
def idea_release(request: HttpRequest, pk: int) -> HttpResponse:
    """New public words for an answered idea, or none."""
    found = _idea(request, pk)
    form = IdeaPublicForm(
        request.POST or None,
        kept={"public_title": found.public_title, "public_text": found.public_text},
        initial=initial_of("public_title", found.public_title)
        | initial_of("public_text", found.public_text),
    )
    if request.method == "POST" and form.is_valid():
        try:
            ideas.release(found, *form.words(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("idea_inbox")
    return render(request, "formats/idea_release.html", _page(found) | {"form": form})


def _idea(request: HttpRequest, pk: int) -> Idea:
    require(permissions.can_read_ideas(request.user))
    return get_object_or_404(Idea.objects.select_related("action_field", "merged_into"), pk=pk)


def _page(found: Idea) -> dict[str, object]:
    return {
        "idea": found,
        "duplicates": list(found.duplicates.all()),
        "trail": [
            {"url": reverse("idea_list"), "label": _("Ideas")},
            {"url": reverse("idea_inbox"), "label": _("Inbox")},
        ],
    }

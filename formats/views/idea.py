"""Ideas of everybody: the page of those that were answered, and sending one without an account."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from formats import permissions
from formats.forms.idea import IdeaForm
from formats.models import Idea, PriorityRound
from formats.weighing import ideas
from foundation.accounts.letters import page_language
from foundation.errors import DomainError
from foundation.posting.once import once

PAGE_SIZE = 20
# The link from the mail that confirms an address leaves the address bar at once.
SESSION_KEY = "idea_token"


@require_safe
def idea_list(request: HttpRequest) -> HttpResponse:
    """Answered ideas, newest first, each with its answer and the vision it went into."""
    rows = Idea.objects.released().select_related("vision", "action_field")
    page = Paginator(rows.order_by("-settled_at", "-pk"), PAGE_SIZE)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "waiting": Idea.objects.filter(state=Idea.State.RECEIVED).count(),
        "may_read": permissions.can_read_ideas(request.user),
    }
    return render(request, "formats/idea_list.html", context)


@once
def idea_send(request: HttpRequest) -> HttpResponse:
    """The form; what was typed stays, whatever is refused."""
    form = IdeaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = ideas.send(**form.values(), language=page_language())
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("idea_status", ideas.signed_handle(made))
    context = {"form": form, "trail": [{"url": reverse("idea_list"), "label": _("Ideas")}]}
    return render(request, "formats/idea_send.html", context)


@require_safe
def idea_status(request: HttpRequest, signed: str) -> HttpResponse:
    """Where an idea stands, for whoever sent it and kept the link."""
    found = ideas.find_by_signed_handle(signed)
    if found is None:
        raise Http404
    answered = found.merged_into or found
    context = {
        "form": None,
        "idea": found,
        "answered": answered if answered.state == Idea.State.ANSWERED else None,
        "vision": answered.vision if answered.vision and answered.vision.adopted_in_id else None,
    }
    return render(request, "formats/idea_status.html", context)


@require_safe
def idea(request: HttpRequest, number: str) -> HttpResponse:
    """One released idea with its answer and what it became part of."""
    rows = Idea.objects.released().select_related("vision", "action_field")
    found = get_object_or_404(rows, number=number)
    context = {
        "idea": found,
        "vision": found.vision if found.vision and found.vision.adopted_in_id else None,
        "topics": list(
            found.priority_topics.filter(
                round__poll__state="closed",
                round__in=PriorityRound.objects.visible_to(request.user),
            ).select_related("round__meeting")
        ),
        "joined": found.duplicates.count(),
        "trail": [{"url": reverse("idea_list"), "label": _("Ideas")}],
    }
    return render(request, "formats/idea.html", context)


@require_safe
def idea_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token of the mail into the session; nothing is confirmed by opening a page."""
    request.session[SESSION_KEY] = token
    return redirect("idea_confirm")


@once
def idea_confirm(request: HttpRequest) -> HttpResponse:
    """One button: yes, send the answer to my address."""
    found = ideas.waiting_for(request.session.get(SESSION_KEY, ""))
    if found is None:
        return render(
            request, "formats/idea_confirm.html", {"idea": None, "form": None}, status=409
        )
    if request.method == "POST":
        try:
            made = ideas.confirm_address(request.session.pop(SESSION_KEY))
        except DomainError as error:
            messages.error(request, error.message)
            return redirect("idea_list")
        messages.success(request, _("Thank you. The answer will go to your address."))
        return redirect("idea_status", ideas.signed_handle(made))
    return render(request, "formats/idea_confirm.html", {"idea": found, "form": None})

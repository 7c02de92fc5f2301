"""Visions: reading one, proposing one, noting its adoption, setting it aside, taking it up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.div import AdoptionForm, SetAsideForm, VisionForm
from formats.models import PriorityRound, Vision
from formats.sittings import bodies
from formats.weighing import draftings, visions
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@require_safe
def vision(request: HttpRequest, slug: str) -> HttpResponse:
    """The vision, where it was adopted and what followed."""
    found = _vision(request, slug)
    context = {
        "vision": found,
        "orders": list(found.work_orders.select_related("circle", "office_project")),
        "trail": [{"url": reverse("div"), "label": "D.I.V."}],
        "may_write": permissions.can_write_visions(request.user),
        "adopted": found.state == Vision.State.ADOPTED,
        "set_aside": found.state == Vision.State.SET_ASIDE,
        "ideas": list(found.ideas.released()),
        "topics": list(
            found.priority_topics.filter(
                round__poll__state="closed",
                round__in=PriorityRound.objects.visible_to(request.user),
            ).select_related("round__meeting", "option")
        ),
    }
    return render(request, "formats/vision.html", context)


@login_required
@once
def vision_create(request: HttpRequest) -> HttpResponse:
    """Write down a vision."""
    require(permissions.can_write_visions(request.user))
    form = VisionForm(request.POST or None, initial=_from_wall(request))
    if request.method == "POST" and form.is_valid():
        field = form.cleaned_data["action_field"] or bodies.open_action_field(
            form.new_name, by=myself(request)
        )
        made = visions.propose(field, **form.all_texts(), by=myself(request))
        return redirect("vision", made.slug)
    return render(request, "formats/vision_create.html", {"form": form})


@login_required
@once
def vision_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Note the session in which the vision was adopted."""
    found = _vision(request, slug)
    require(permissions.can_write_visions(request.user))
    form = AdoptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            visions.adopt(found, form.cleaned_data["meeting"], by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("vision", slug)
    return render(request, "formats/vision_adopt.html", {"form": form, "vision": found})


@login_required
@once
def vision_set_aside(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the reason, then stop pursuing the vision."""
    found = _vision(request, slug)
    require(permissions.can_write_visions(request.user))
    form = SetAsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            visions.set_aside(found, reason=form.text("reason"), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The vision is set aside. Its page says why."))
            return redirect("vision", slug)
    context = {"form": form, "vision": found, "orders": found.work_orders.count()}
    return render(request, "formats/vision_set_aside.html", context)


@login_required
@once
@require_POST
def vision_take_up(request: HttpRequest, slug: str) -> HttpResponse:
    """The vision is a draft again."""
    found = _vision(request, slug)
    require(permissions.can_write_visions(request.user))
    try:
        visions.take_up_again(found, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The vision is in preparation again."))
    return redirect("vision", slug)


def _from_wall(request: HttpRequest) -> dict[str, str]:
    """What a group of the wall said, as the first words of a vision."""
    group = request.GET.get("gruppe", "")
    if not group.isascii() or not group.isdigit() or len(group) > 9:
        return {}
    title, text = draftings.words_of_group(int(group))
    return {"title_de": title, "text_de": text}


def _vision(request: HttpRequest, slug: str) -> Vision:
    return get_object_or_404(
        Vision.objects.visible_to(request.user).select_related("action_field", "adopted_in__body"),
        slug=slug,
    )

"""Merging two entries of one organisation, after a look at what moves, and parting them again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships import permissions
from partnerships.directory import finding, merging
from partnerships.models import Actor, ActorMerge
from partnerships.views.answers import act_and_return


@login_required
@once
def actor_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """`slug` is kept; the other is looked for, looked at, then merged into it."""
    require(permissions.can_keep_directory(request.user))
    kept = get_object_or_404(Actor.objects.visible_to(request.user), slug=slug)
    asked = request.POST if request.method == "POST" else request.GET
    others = Actor.objects.visible_to(request.user).exclude(pk=kept.pk)
    other = others.filter(slug=asked.get("other", "")).first()
    if request.method == "POST" and other is not None:
        try:
            merging.merge(kept, other, by=myself(request))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The two entries are one now."))
        return redirect("actor", kept.slug)
    name = asked.get("q", "") or kept.name
    context = {
        "actor": kept,
        "other": other,
        "plan": merging.plan(other) if other else [],
        "q": name,
        "similar": finding.similar_to(request.user, name, but=kept, at_most=10),
        "merges": ActorMerge.objects.filter(kept=kept, undone_at=None).select_related("dropped"),
        "form": None,
    }
    return render(request, "partnerships/actor_merge.html", context)


@login_required
@require_POST
@once
def actor_part(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Undo a merge."""
    require(permissions.can_keep_directory(request.user))
    merges = ActorMerge.objects.select_related("kept", "dropped")
    made = get_object_or_404(merges, pk=pk, kept__slug=slug)
    return act_and_return(
        request,
        lambda: merging.part(made, by=myself(request)),
        to=reverse("actor", args=[made.dropped.slug]),
        done=_("The two entries stand apart again."),
    )

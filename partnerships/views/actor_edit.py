"""Writing entries of the directory: new ones, corrections; similar ones are shown before saving."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships import permissions
from partnerships.directory import checkups, directory, finding
from partnerships.forms.actor import ActorForm
from partnerships.models import Actor, ActorContact


@login_required
@once
def actor_new(request: HttpRequest) -> HttpResponse:
    """The office, or a partner, adds an entry."""
    require(permissions.can_list_actor(request.user))
    form = ActorForm(request.POST or None)

    def list_it() -> Actor:
        return directory.list_actor(**vars(form.listing()), by=myself(request))

    return _answer(request, form, list_it, heading=_("Add an actor to the directory"))


@login_required
@once
def actor_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The office, or a partner of its city, corrects an entry."""
    found = get_object_or_404(Actor.objects.visible_to(request.user), slug=slug)
    require(permissions.can_edit_actor(request.user, found))
    form = ActorForm(request.POST or None, actor=found)

    def correct_it() -> Actor:
        directory.correct_actor(found, form.listing(), by=myself(request))
        return found

    return _answer(request, form, correct_it, heading=_("Correct the entry"))


def _answer(
    request: HttpRequest, form: ActorForm, write: Callable[[], Actor], *, heading: str
) -> HttpResponse:
    """Save what was typed, unless somebody has to look at similar entries first."""
    similar = []
    if request.method == "POST" and form.is_valid():
        similar = _unseen_similar(request, form)
        if not similar:
            try:
                saved = write()
            except DomainError as refusal:
                form.add_error("name", str(refusal))
            else:
                email = form.cleaned_data["contact_email"]
                checkups.set_contact(saved, email, by=myself(request))
                messages.success(request, _("Saved."))
                return redirect("actor", saved.slug)
    back = reverse("actor", args=[form.actor.slug]) if form.actor else reverse("actor_list")
    context = {
        "form": form,
        "heading": heading,
        "similar": similar,
        "back": back,
        "may_offer": permissions.can_keep_directory(request.user)
        and ActorContact.objects.filter(actor=form.actor).exists(),
    }
    return render(request, "partnerships/actor_edit.html", context)


def _unseen_similar(request: HttpRequest, form: ActorForm) -> list[Actor]:
    """Similar entries that this person has not set aside; an unchanged name needs no look."""
    name = form.cleaned_data["name"]
    if form.cleaned_data["is_another"] or (form.actor and form.actor.name == name):
        return []
    return list(finding.similar_to(request.user, name, but=form.actor))

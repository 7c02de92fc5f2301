"""One contribution: read by whom its owner lets, discussed in the room, released and withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from formats import permissions
from formats.forms.knowledge import ItemForm, ReplyForm
from formats.learning import knowledge
from formats.models import CohortMember, KnowledgeItem
from formats.views.learning.doors import inside
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@require_safe
@never_cache
def knowledge_item(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """For everybody whom its owner lets read it; the discussion is for the network."""
    item = _item(request, slug, year, pk)
    mine = _places(request, item).first()
    context = {
        "item": item,
        "cohort": item.cohort,
        "network": item.cohort.network,
        "inside": mine is not None,
        "replies": list(item.replies.select_related("member__user")) if mine else [],
        "source": _readable_source(request, item),
        "form": ReplyForm(),
        "may_own": permissions.can_own(request.user, item),
        "may_take_back": permissions.can_take_back(request.user, item),
    }
    return render(request, "formats/knowledge_item.html", context)


@login_required
@once
def knowledge_create(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Something new; nobody but its writer reads it until they say otherwise."""
    member = inside(request, slug, year)
    form = ItemForm(
        request.POST or None, cohort=member.cohort,
        initial=_start(request.GET.get("art", "")),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = knowledge.share(member, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("knowledge_item", slug, year, made.pk)
    context = {
        "form": form, "cohort": member.cohort, "network": member.cohort.network,
        "heading": _("Bring something in"), "back": "cohort_room",
    }  # fmt: skip
    return render(request, "formats/learning_form.html", context)


@login_required
@once
def knowledge_edit(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """New words, another reach; only the owner."""
    item = _item(request, slug, year, pk)
    require(permissions.can_own(request.user, item) and item.withdrawn_at is None)
    form = ItemForm(request.POST or None, cohort=item.cohort, instance=item)
    if request.method == "POST" and form.is_valid():
        try:
            knowledge.change(item, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("knowledge_item", slug, year, pk)
    context = {
        "form": form, "cohort": item.cohort, "network": item.cohort.network,
        "heading": _("Change it"), "back": "cohort_room",
    }  # fmt: skip
    return render(request, "formats/learning_form.html", context)


@login_required
@once
@require_POST
def knowledge_withdraw(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """Take it back for good."""
    item = _item(request, slug, year, pk)
    require(permissions.can_take_back(request.user, item))
    knowledge.withdraw(item, by=myself(request))
    messages.success(request, _("It is withdrawn. Its words are gone."))
    return redirect("cohort", slug, year)


@login_required
@once
@require_POST
def knowledge_reply(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    item = _item(request, slug, year, pk)
    mine = get_object_or_404(_places(request, item))
    form = ReplyForm(request.POST)
    words = form.cleaned_data["text"] if form.is_valid() else ""
    try:
        knowledge.reply(item, mine, words, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("knowledge_item", slug, year, pk)


@login_required
@once
@require_POST
def knowledge_derive(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """An idea of one's own that goes on from this one."""
    item = _item(request, slug, year, pk)
    mine = get_object_or_404(_places(request, item))
    try:
        made = knowledge.derive(item, mine, by=myself(request))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("knowledge_item", slug, year, pk)
    return redirect("knowledge_edit", slug, mine.cohort.year, made.pk)


def _start(kind: str) -> dict[str, str]:
    """An approach of one's own stays with oneself; the rest is meant for the cohort."""
    chosen = kind if kind in KnowledgeItem.Kind.values else "question"
    return {"kind": chosen, "openness": "owner" if chosen == "approach" else "cohort"}


def _item(request: HttpRequest, slug: str, year: int, pk: int) -> KnowledgeItem:
    rows = KnowledgeItem.objects.visible_to(request.user).select_related(
        "cohort__network", "member__user", "giver__actor", "topic", "session", "derived_from"
    )
    return get_object_or_404(rows, pk=pk, cohort__network__slug=slug, cohort__year=year)


def _places(request: HttpRequest, item: KnowledgeItem) -> QuerySet[CohortMember]:
    """One's own places in the network, the one in the item's cohort first."""
    rows = CohortMember.objects.of(request.user).joined().select_related("cohort")
    rows = rows.filter(cohort__network=item.cohort.network_id)
    return rows.filter(cohort=item.cohort_id) if item.openness == "cohort" else rows


def _readable_source(request: HttpRequest, item: KnowledgeItem) -> KnowledgeItem | None:
    if item.derived_from_id is None:
        return None
    rows = KnowledgeItem.objects.visible_to(request.user).select_related("cohort__network")
    return rows.filter(pk=item.derived_from_id).first()

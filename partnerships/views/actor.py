"""The public directory of actors: the list, one entry, similar names, the export."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from partnerships import permissions
from partnerships.directory import alphabet, directory_csv, finding, together
from partnerships.forms.actor import ActorFilterForm
from partnerships.models import Actor, Partnership
from partnerships.portrait import network

PAGE_SIZE = 20
# Pages of those who keep the directory: (route, words).
KEEPING_LIST = (
    ("directory_import", _("Import a table")),
    ("checkup_list", _("Answers to the yearly question")),
)
KEEPING_ONE = (
    ("actor_merge", _("Merge with another entry")),
    ("actor_invite", _("Invite by e-mail")),
)
Links = tuple[tuple[str, Any], ...]


class CountedPaginator(Paginator):
    """A paginator that was told how many there are, so that they are not counted again."""

    def __init__(self, rows: QuerySet, per_page: int, *, count: int) -> None:
        super().__init__(rows, per_page)
        self.known = count

    @cached_property
    def count(self) -> int:
        return self.known


@require_safe
def actor_list(request: HttpRequest) -> HttpResponse:
    """Search, filters, letter groups in the reader's order, 20 a page; at most four queries."""
    language = reader_language()
    form = ActorFilterForm(request.GET, finding.options())
    wanted = form.wanted()
    letters = form.cleaned_data.get("letters", "")
    counts = finding.letter_counts(request.user, wanted, language)
    total = sum(counts.values())
    here = alphabet.group_at(letters, language)
    hits = sum(n for letter, n in counts.items() if here is None or here.holds(letter))
    found = finding.search(request.user, language=language, wanted=wanted, letters=letters)
    pages = CountedPaginator(found.select_related("municipality"), PAGE_SIZE, count=hits)
    groups = alphabet.even_groups(counts, language) if total > PAGE_SIZE else []
    context = {
        "form": form,
        "page_obj": pages.get_page(request.GET.get("page")),
        "groups": groups,
        "here": here,
        "is_elsewhere": here is not None and here.address not in {g.address for g in groups},
        "is_filtered": any(vars(wanted).values()),
        "may_add": permissions.can_list_actor(request.user),
        "keeping": _keeping(request, KEEPING_LIST),
    }
    return render(request, "partnerships/actor_list.html", context)


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry; the address of an entry that was merged leads on."""
    entries = Actor.objects.visible_to(request.user).select_related("municipality")
    found = entries.filter(slug=slug).first()
    if found is None:
        merged = get_object_or_404(Actor.objects.exclude(merged_into=None), slug=slug)
        # The address of a hidden entry is its name: it is told only to those who may see it.
        kept = get_object_or_404(entries, pk=_last_of(merged).pk)
        return redirect("actor", kept.slug, permanent=False)
    visible = Partnership.objects.visible_to(request.user).values("pk")
    places = found.participations.filter(partnership__in=visible).select_related("partnership")
    web = network.web_of_actor(found, request.user)
    tied = {node.slug for tie in web.ties for node in (tie.first, tie.second)}
    circle = together.circle_of(found, request.user, language=reader_language())
    context = {
        "actor": found,
        "topics": found.topics.all(),
        "participations": places,
        "web": web,
        "tie_lines": network.lines_of(web.ties),
        "circle": [each for each in circle if each.actor.slug not in tied],
        "may_edit": permissions.can_edit_actor(request.user, found),
        "keeping": _keeping(request, KEEPING_ONE),
    }
    return render(request, "partnerships/actor.html", context)


@require_safe
def actor_similar(request: HttpRequest) -> HttpResponse:
    """A piece of a page: entries with a name like the one being typed."""
    own = Actor.objects.visible_to(request.user).filter(slug=request.GET.get("but", "")).first()
    found = finding.similar_to(request.user, request.GET.get("name", "")[:300], but=own)
    return render(request, "partnerships/actor_similar.html", {"similar": found})


@require_safe
def actor_csv(request: HttpRequest) -> HttpResponse:
    """Exactly the entries that the list shows with these filters, as a table."""
    form = ActorFilterForm(request.GET, finding.options())
    found = finding.search(
        request.user,
        language=reader_language(),
        wanted=form.wanted(),
        letters=form.cleaned_data.get("letters", ""),
    )
    return directory_csv.response(found, for_excel=request.GET.get("form") == "excel")


def _keeping(request: HttpRequest, links: Links) -> Links:
    return links if permissions.can_keep_directory(request.user) else ()


def _last_of(merged: Actor) -> Actor:
    """The entry at the end of a chain of merges."""
    while merged.merged_into is not None:
        merged = merged.merged_into
    return merged


def reader_language() -> str:
    """The language of this page, two letters."""
    return (get_language() or "de").split("-")[0]

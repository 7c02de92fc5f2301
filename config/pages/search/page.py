"""The page of the search: what was asked, the hits by kind, twenty a page."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from config.pages.search import asking, words
from config.pages.search.form import SearchForm
from config.pages.search.sources import KINDS

PER_PAGE = 20


@dataclasses.dataclass(frozen=True)
class Hit:
    """One hit as it stands on the page; plain texts with their languages ("" is the page's)."""

    kind: str
    label: Promise | str
    url: str
    title: str
    title_language: str
    snippet: str
    snippet_language: str
    day: Any
    is_invented: bool
    waits: bool


@dataclasses.dataclass(frozen=True)
class Kind:
    """A kind of page with its number of hits, and those of them that are on this page."""

    name: str
    label: Promise | str
    number: int
    hits: Sequence[Hit] = ()


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One field; whatever is found is what this reader may open."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context |= _answer(request, form)
    return render(request, "pages/search.html", context)


def _answer(request: HttpRequest, form: SearchForm) -> dict[str, Any]:
    found = asking.find(request.user, form.words)
    chosen = request.GET.get("art", "")
    chosen = chosen if chosen in KINDS else ""
    page = Paginator(found.by_kind(chosen), PER_PAGE).get_page(request.GET.get("page"))
    kinds = [Kind(name, KINDS[name], n) for name, n in found.counts.most_common()]
    return {
        "asked": form.cleaned_data["q"],
        "found": found,
        "number": len(found.keys),
        "most": asking.MOST,
        "kinds": kinds,
        "chosen": Kind(chosen, KINDS[chosen], found.counts[chosen]) if chosen else None,
        "page": page,
        "groups": _groups(request, page, form.words, found),
    }


def _groups(
    request: HttpRequest, page: Page[asking.Key], asked: Sequence[str], found: asking.Found
) -> list[Kind]:
    rows = asking.told(request.user, list(page.object_list))
    hits = [_hit(row, asked) for row in rows]
    return [
        Kind(name, KINDS[name], found.counts[name], list(together))
        for name, together in itertools.groupby(hits, key=lambda hit: hit.kind)
    ]


def _hit(row: asking.Row, asked: Sequence[str]) -> Hit:
    here = (get_language() or "de").split("-")[0]
    source = row.source
    names = [next(iter(words.texts_of(each, here)), ("", "")) for each in row.names]
    text, language = words.snippet(words.texts_of(row.texts, here), asked)
    anchor = f"#{source.anchor}" if source.anchor else ""
    return Hit(
        kind=source.kind,
        label=source.label,
        url=reverse(source.route, args=row.at) + anchor,
        title=source.heading([name for name, _language in names]),
        title_language=_other(names[0][1], here),
        snippet=text,
        snippet_language=_other(language, here),
        day=row.day,
        is_invented=row.is_invented,
        waits=row.waits,
    )


def _other(language: str, here: str) -> str:
    return language if language != here else ""

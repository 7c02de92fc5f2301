"""`/div/oparl/`: the public data of the D.I.V. in the objects of OParl 1.1, read-only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import dateparse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from formats.sittings import oparl

ON_A_PAGE = 50
# Kind -> (rows, how one is written, column of `created`, column of `modified`).
Kind = tuple[Callable[[], QuerySet[Any]], Callable[[Any], oparl.Thing], str, str]
KINDS: dict[str, Kind] = {
    "organization": (oparl.bodies, oparl.organization, "created_at", "created_at"),
    "membership": (
        oparl.memberships, oparl.membership, "body__created_at", "body__created_at",
    ),
    "meeting": (oparl.meetings, oparl.meeting, "created_at", "changed_at"),
    "agendaitem": (
        oparl.agenda_items, oparl.agenda_item, "meeting__created_at", "meeting__changed_at",
    ),
    "paper": (oparl.papers, oparl.paper, "added_at", "added_at"),
    "file": (oparl.papers, oparl.file_of, "added_at", "added_at"),
}  # fmt: skip
FILTERS = {
    "created_since": (2, "__gte"),
    "created_until": (2, "__lte"),
    "modified_since": (3, "__gte"),
    "modified_until": (3, "__lte"),
}


@require_safe
def oparl_system(request: HttpRequest) -> HttpResponse:
    return _json(oparl.system())


@require_safe
def oparl_list(request: HttpRequest, kind: str) -> HttpResponse:
    """One page of a list, with links to the others; `created_since` and the like narrow it."""
    if kind == "body":
        return _json(_page(kind, [oparl.city()], request, 1, 1))
    if kind == "person":
        return _json(_page(kind, [], request, 0, 1))  # names of members are not published
    if kind not in KINDS:
        raise Http404
    rows, write, *_columns = KINDS[kind]
    pages = Paginator(_narrowed(rows(), kind, request), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    found = list(page.object_list)
    if kind == "meeting":
        found = oparl.with_minutes(found)
    things = [write(each) for each in found]
    return _json(_page(kind, things, request, pages.count, pages.num_pages, page.number))


@require_safe
def oparl_object(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One object under its lasting id; 404 for what is not public."""
    if kind == "body" and key == "stadt":
        return _json(oparl.city())
    if kind in {"meeting", "location"}:
        return _json(_of_session(kind, key))
    if kind == "file":
        return _json(_file(key))
    if kind not in KINDS:
        raise Http404
    rows, write, *_columns = KINDS[kind]
    named = {"slug": key} if kind == "organization" else {"pk": _number(key)}
    found = rows().filter(**named).first()
    if found is None:
        raise Http404
    return _json(write(found))


def _of_session(kind: str, key: str) -> oparl.Thing:
    year, _dash, ordinal = key.partition("-")
    rows = oparl.meetings().filter(year=_number(year), ordinal=_number(ordinal))
    found = oparl.with_minutes(list(rows))
    if not found:
        raise Http404
    thing = oparl.meeting(found[0])
    if kind == "location":
        return dict(thing["location"]) | {"meetings": [thing["id"]]}
    return thing


def _file(key: str) -> oparl.Thing:
    word, _dash, rest = key.partition("-")
    if word == "niederschrift":
        thing = _of_session("meeting", rest).get("resultsProtocol")
    else:
        rows = oparl.papers().filter(pk=_number(rest)) if word == "unterlage" else []
        thing = next((oparl.file_of(each) for each in rows), None)
    if thing is None:
        raise Http404
    return dict(thing)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Http404
    return int(text)


def _narrowed(rows: QuerySet[Any], kind: str, request: HttpRequest) -> QuerySet[Any]:
    wanted = {}
    for name, (column, lookup) in FILTERS.items():
        moment = _moment(request.GET.get(name, ""))
        if moment is not None:
            wanted[f"{KINDS[kind][column]}{lookup}"] = moment
    return rows.filter(**wanted)


def _moment(text: str) -> dt.datetime | None:
    try:
        found = dateparse.parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _page(
    kind: str, things: list[oparl.Thing], request: HttpRequest, count: int, pages: int, at: int = 1
) -> oparl.Thing:
    kept = {name: request.GET[name] for name in FILTERS if name in request.GET}

    def link(page: int) -> str:
        return f"{oparl.address(kind)}?{urlencode(kept | {'page': page})}"

    links = {"first": link(1), "self": link(at), "last": link(pages)}
    links |= {"prev": link(at - 1)} if at > 1 else {}
    links |= {"next": link(at + 1)} if at < pages else {}
    return {
        "data": things,
        "pagination": {
            "totalElements": count,
            "elementsPerPage": ON_A_PAGE,
            "currentPage": at,
            "totalPages": pages,
        },
        "links": links,
    }


def _json(thing: oparl.Thing) -> HttpResponse:
    answer = JsonResponse(thing, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"  # open data, no cookies, no session
    answer["Content-Language"] = settings.LANGUAGE_CODE
    return answer

"""Finding what a page of the D.I.V. is about, for this reader; anything else is a 404."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from formats import permissions
from formats.models import AgendaItem, Body, Meeting, Paper, Resolution
from formats.sittings import bodies
from foundation.access import require

Crumbs = list[dict[str, str]]


def the_body() -> Body:
    return get_object_or_404(Body, slug=bodies.DIV)


def session_of(request: HttpRequest, year: int, ordinal: int) -> Meeting:
    """The session as far as the reader may see it."""
    return get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("body", "minutes"),
        body__slug=bodies.DIV,
        year=year,
        ordinal=ordinal,
    )


def own_session(request: HttpRequest, year: int, ordinal: int) -> Meeting:
    """The session, for those who prepare and minute it."""
    found = session_of(request, year, ordinal)
    require(permissions.can_prepare(request.user, found.body))
    return found


def own_item(request: HttpRequest, year: int, ordinal: int, position: int) -> AgendaItem:
    """An item, for those who prepare and minute its session."""
    meeting = own_session(request, year, ordinal)
    item = get_object_or_404(AgendaItem, meeting=meeting, position=position)
    item.meeting = meeting
    return item


def own_paper(request: HttpRequest, year: int, ordinal: int, pk: int) -> Paper:
    """A paper, for those who prepare and minute its session."""
    meeting = own_session(request, year, ordinal)
    rows = Paper.objects.select_related("file", "item__meeting__body")
    return get_object_or_404(rows, pk=pk, item__meeting=meeting)


def resolution_of(request: HttpRequest, year: int, ordinal: int, n: int) -> Resolution:
    """A vote or what came of it, as far as the reader may see it."""
    return get_object_or_404(
        Resolution.objects.visible_to(request.user).select_related("body", "meeting__body", "item"),
        body__slug=bodies.DIV,
        year=year,
        ordinal=ordinal,
        n=n,
    )


def own_resolution(request: HttpRequest, year: int, ordinal: int, n: int) -> Resolution:
    """A vote, for those who lead it."""
    found = resolution_of(request, year, ordinal, n)
    require(permissions.can_prepare(request.user, found.body))
    return found


def crumbs_to(meeting: Meeting) -> Crumbs:
    """The D.I.V. and the session, for pages below it."""
    place = [meeting.year, meeting.ordinal]
    return [
        {"url": reverse("div"), "label": meeting.body.name},
        {"url": reverse("meeting", args=place), "label": meeting.number},
    ]

"""The D.I.V. for calendars and news readers: only what everybody may see."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from formats import calendars, feeds
from formats.models import Meeting
from formats.views.places import session_of, the_body
from partnerships.portrait import feed

CALENDAR = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"


@require_safe
def div_calendar(request: HttpRequest) -> HttpResponse:
    """All public sessions, also cancelled ones, to subscribe to."""
    body = the_body()
    rows = Meeting.objects.visible_to(AnonymousUser()).filter(body=body).select_related("body")
    return _answer(request, calendars.calendar(list(rows), title=body.name), CALENDAR)


@require_safe
def meeting_calendar(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """One session, as far as the reader may see it."""
    found = session_of(request, year, ordinal)
    return _answer(request, calendars.calendar([found], title=found.body.name), CALENDAR)


@require_safe
def div_feed(request: HttpRequest) -> HttpResponse:
    body = the_body()
    data = feed.atom(body.name, request.path, reverse("div"), feeds.entries_of(body))
    return _answer(request, data, ATOM)


def _answer(request: HttpRequest, data: bytes, kind: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(data).hexdigest()}"'
    answered = get_conditional_response(request, etag=etag)
    if answered is None:
        answered = HttpResponse(data, content_type=kind)
        answered["ETag"] = etag
        answered["Content-Language"] = get_language() or "de"
    return answered

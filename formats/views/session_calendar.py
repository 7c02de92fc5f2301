"""The D.I.V. for calendars and news readers: only what everybody may see."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from formats import calendars
from formats.models import Meeting
from formats.sittings import feeds, session_calendars
from formats.views.places import session_of, the_body
from partnerships.portrait import feed
from partnerships.views.file_answers import file_answer


@require_safe
def div_calendar(request: HttpRequest) -> HttpResponse:
    """All public sessions, also cancelled ones, to subscribe to."""
    body = the_body()
    rows = Meeting.objects.visible_to(AnonymousUser()).filter(body=body).select_related("body")
    return file_answer(
        request, session_calendars.calendar(list(rows), title=body.name), calendars.MEDIA_TYPE
    )


@require_safe
def meeting_calendar(request: HttpRequest, year: int, ordinal: int) -> HttpResponse:
    """One session, as far as the reader may see it."""
    found = session_of(request, year, ordinal)
    return file_answer(
        request, session_calendars.calendar([found], title=found.body.name), calendars.MEDIA_TYPE
    )


@require_safe
def div_feed(request: HttpRequest) -> HttpResponse:
    body = the_body()
    data = feed.atom(body.name, request.path, reverse("div"), feeds.entries_of(body))
    return file_answer(request, data, feed.MEDIA_TYPE)

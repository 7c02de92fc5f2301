"""Calendars that other programs read: all events, one event, one topic, one's own; and Atom."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from formats import calendars
from formats.events import calendar_links, event_calendars, event_search
from formats.forms.event_filter import EventFilterForm
from formats.models import Event
from formats.views.event import visible
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.models import Topic
from partnerships.portrait import feed
from partnerships.views.file_answers import file_answer

SHOWN_ONCE = "calendar_token"


@require_safe
def event_calendar(request: HttpRequest) -> HttpResponse:
    """Every public event with these filters; nobody is logged in where calendars are read."""
    stranger = AnonymousUser()
    wanted = EventFilterForm(request.GET, user=stranger).wanted()
    found = event_calendars.dated(event_search.matching(stranger, wanted))
    return file_answer(
        request,
        event_calendars.calendar_of(found, name=_("Events – Stadtbrücke")),
        calendars.MEDIA_TYPE,
    )


@require_safe
def event_ical(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, to be put into one's own calendar."""
    found = visible(request, slug)
    data = event_calendars.calendar_of([found], name=str(found.title))
    return file_answer(request, data, calendars.MEDIA_TYPE, name=f"{slug}.ics")


@require_safe
def topic_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Every public event on one topic."""
    topic = get_object_or_404(Topic, slug=slug)
    found = event_calendars.dated(Event.objects.visible_to(AnonymousUser()).filter(topics=topic))
    return file_answer(
        request, event_calendars.calendar_of(found, name=str(topic)), calendars.MEDIA_TYPE
    )


@require_safe
@never_cache
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """What concerns the owner of the secret address; 404 once it is revoked."""
    owner = calendar_links.owner_of(token)
    if owner is None:
        raise Http404
    with override(owner.language):
        found = event_calendars.dated(event_calendars.events_of(owner))
        data = event_calendars.calendar_of(
            found, name="Stadtbrücke", meetings=event_calendars.meetings_of(owner)
        )
    return HttpResponse(data, content_type=calendars.MEDIA_TYPE)


@login_required
@never_cache
@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The secret address of one's own calendar: shown once, made anew or revoked."""
    token = request.session.pop(SHOWN_ONCE, "")
    context = {
        "address": request.build_absolute_uri(reverse("own_calendar", args=[token]))
        if token
        else "",
        "link": calendar_links.current(myself(request)),
    }
    return render(request, "formats/my_calendar.html", context)


@login_required
@require_POST
@once
def my_calendar_make(request: HttpRequest) -> HttpResponse:
    request.session[SHOWN_ONCE] = calendar_links.make(myself(request))
    return redirect("my_calendar")


@login_required
@require_POST
@once
def my_calendar_revoke(request: HttpRequest) -> HttpResponse:
    calendar_links.revoke(myself(request))
    messages.success(request, _("The address is revoked. Calendars that use it get nothing more."))
    return redirect("my_calendar")


@require_safe
def event_feed(request: HttpRequest) -> HttpResponse:
    """The newest announcements as Atom."""
    public = Event.objects.visible_to(AnonymousUser()).select_related("forum", "partnership")
    found = public.prefetch_related("partnership__parties__municipality")
    entries = [_entry(each) for each in found.order_by("-published_at", "-pk")[: feed.MOST]]
    data = feed.atom(_("Events – Stadtbrücke"), request.path, reverse("event_list"), entries)
    return file_answer(request, data, feed.MEDIA_TYPE)


def _entry(event: Event) -> feed.Entry:
    assert event.published_at is not None  # noqa: S101 - only published ones are public
    title = str(event.title)
    if event.state in {Event.State.CANCELLED, Event.State.REPLACED}:
        title = f"{event.get_state_display()}: {title}"
    where = str(event.forum or "")
    return feed.Entry(
        f"event/{event.pk}", title, event.published_at, reverse("event", args=[event.slug]), where
    )

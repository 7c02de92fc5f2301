"""Meetings of a circle: the list, planning one, its page, its mails and its date for calendars."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circles.forms.room import GatheringForm, GatheringItemForm
from circles.gathering import gatherings
from circles.models import DatePoll
from circles.views.rooms import Room, hosted, meeting_in, room_of
from formats import calendars
from formats.models import Meeting, Minutes
from formats.sittings import letters, meetings, session_calendars, sessions
from formats.sittings.places import path_of
from formats.sittings.printed import items_of, people_of
from formats.views.letters import show_letters
from foundation.access import require
from foundation.look import moments
from foundation.posting.once import once
from partnerships.views.answers import answer
from partnerships.views.file_answers import file_answer


@login_required
@never_cache
@require_safe
def gathering_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All meetings, the newest first, and the dates that are being looked for."""
    room = room_of(request, slug)
    polls = room.circle.date_polls.filter(state=DatePoll.State.OPEN)
    context = room.context(
        meetings=list(gatherings.of_circle(room.circle).order_by("-starts_at")), polls=list(polls)
    )
    return render(request, "circles/gathering_list.html", context)


@login_required
@never_cache
@once
def gathering_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a meeting on the calendar."""
    room = hosted(request, slug)
    return answer(
        request,
        GatheringForm(room.body, request.POST or None),
        lambda form: gatherings.plan(room.circle, **form.values(), by=room.user),
        to=path_of,
        template="circles/gathering_plan.html",
        context=room.context(),
    )


@login_required
@never_cache
@once
def gathering(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    """Day, place, agenda, who is there, what came of it; the hosts add an item."""
    room = room_of(request, slug)
    require(room.is_host or request.method != "POST")
    found = meeting_in(room, year, ordinal)
    return answer(
        request,
        GatheringItemForm(request.POST or None),
        lambda form: gatherings.add_item(room.circle, found, **form.values(), by=room.user),
        to=path_of(found),
        template="circles/gathering.html",
        context=room.context(**_page(room, found)),
    )


@login_required
@never_cache
@once
def gathering_move(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    """Another time or place."""
    room = hosted(request, slug)
    found = meeting_in(room, year, ordinal)
    zone = found.body.time_zone
    starts, ends = moments.local(found.starts_at, zone), moments.local(found.ends_at, zone)
    initial = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
    return answer(
        request,
        GatheringForm(found.body, request.POST or None, initial=initial | {"place": found.place}),
        lambda form: gatherings.move(room.circle, found, **form.values(), by=room.user),
        to=path_of(found),
        template="circles/gathering_move.html",
        context=room.context(meeting=found),
        done=_("The meeting is moved. Calendars learn of it."),
    )


@login_required
@never_cache
@once
def gathering_letters(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    """Held mails of this meeting by kind; exactly those that were shown leave."""
    room = hosted(request, slug)
    found = meeting_in(room, year, ordinal)
    waiting = letters.waiting(found)
    return show_letters(
        request,
        waiting,
        letters.bundles(waiting),
        to=reverse("gathering_letters", args=[slug, year, ordinal]),
        template="circles/gathering_letters.html",
        purpose="session-mails",
        context=room.context(meeting=found),
    )


@login_required
@never_cache
@require_safe
def gathering_calendar(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    """One meeting as a file for calendars."""
    found = meeting_in(room_of(request, slug), year, ordinal)
    data = session_calendars.calendar([found], title=found.body.name)
    return file_answer(request, data, calendars.MEDIA_TYPE)


def _page(room: Room, found: Meeting) -> dict[str, Any]:
    minutes: Minutes | None = getattr(found, "minutes", None)
    stays = list(found.attendances.all()) if found.opened_at else []
    there = {stay.membership_id for stay in stays if stay.left_at is None}
    came = {stay.membership_id for stay in stays}
    return {
        "meeting": found,
        "zone": found.body.time_zone,
        "items": items_of(found, internal=True),
        "minutes": minutes,
        "people": [
            {"member": each, "there": each.pk in there, "came": each.pk in came}
            for each in people_of(found)
        ],
        "quorum": sessions.quorum_of(found) if found.is_open else None,
        "held": letters.waiting(found).count() if room.is_host else 0,
        "has_begun": found.starts_at - meetings.SOON <= timezone.now(),
        "approves_in": gatherings.next_opened(found)
        if minutes is not None and minutes.state == Minutes.State.SUBMITTED
        else None,
    }

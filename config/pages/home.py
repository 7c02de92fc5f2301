"""`/`: what is on now. Calls with days left, the next session, draws, partnerships with their map.

Each part is read by one function with at most two queries, and empty when there is nothing to show.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Sequence

from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circles.models import Call, DrawResult, Result
from circles.resulting import reading
from formats.events import when
from formats.models import Event, Meeting
from formats.sittings import bodies
from foundation.look import moments, numbers
from foundation.look.figures.europe import Arc, Spot
from foundation.look.figures.year import Session
from partnerships.models import Partnership, Party
from partnerships.portrait import portrait_figures

NEWEST = 3
EARTH_KM = 6371.0


@dataclasses.dataclass(frozen=True)
class Partners:
    """A partnership as the start page names it: phase 4 of 9."""

    partnership: Partnership
    number: int
    of: int


@dataclasses.dataclass(frozen=True)
class Front:
    """The parts of the start page, in the order in which they stand on it."""

    calls: Sequence[Call]
    session: Meeting | None
    year: int
    today: dt.date
    sessions: Sequence[Session]
    events: Sequence[tuple[Event, str]]
    draws: Sequence[DrawResult]
    results: Sequence[Result]
    partners: Sequence[Partners]
    spots: Sequence[Spot]
    arcs: Sequence[Arc]

    @property
    def call(self) -> Call | None:
        """The call that closes first opens the page."""
        return next(iter(self.calls), None)

    @property
    def people(self) -> str:
        """How many people that call looks for, in words."""
        return numbers.in_words(self.call.seats) if self.call else ""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The start page."""
    return render(request, "pages/home.html", {"front": front(request)})


def front(request: HttpRequest) -> Front:
    """What is on now, as far as this reader may see it."""
    session, sessions = _sessions(request)
    partnerships = _partnerships(request)
    phases = list(Partnership.Phase)
    spots, arcs = _map(partnerships)
    return Front(
        calls=list(_open_calls(request)),
        session=session,
        year=session.starts_at.year if session else timezone.localdate().year,
        today=timezone.localdate(),
        sessions=sessions,
        events=_events(request),
        draws=list(_draws(request)),
        results=list(reading.newest(NEWEST)),
        partners=[
            Partners(each, phases.index(Partnership.Phase(each.phase)) + 1, len(phases))
            for each in partnerships
        ],
        spots=spots,
        arcs=arcs,
    )


def _open_calls(request: HttpRequest) -> QuerySet[Call]:
    now = Now() + F("clock_ahead")
    found = Call.objects.visible_to(request.user).filter(
        state=Call.State.OPEN, opens_at__lte=now, closes_at__gt=now
    )
    return found.select_related("circle", "meeting").order_by("closes_at")


def _sessions(request: HttpRequest) -> tuple[Meeting | None, list[Session]]:
    """The next session, and those of its year for the strip."""
    year = timezone.localdate().year
    listed = list(
        Meeting.objects.visible_to(request.user)
        .filter(body__slug=bodies.DIV, year__gte=year)
        .exclude(state=Meeting.State.CANCELLED)
        .select_related("body")
        .order_by("starts_at")
    )
    coming = next((each for each in listed if each.ends_at > timezone.now()), None)
    shown = coming.year if coming else year
    strip = [
        Session(day, moments.short_day_text(day), each.state == Meeting.State.HELD)
        for each in listed
        if each.year == shown
        for day in [moments.local(each.starts_at).date()]
    ]
    return coming, strip


def _events(request: HttpRequest) -> list[tuple[Event, str]]:
    """The next announced events, each with its time in words."""
    public = Event.objects.visible_to(request.user).filter(state=Event.State.PUBLISHED)
    coming = public.coming(timezone.localdate()).select_related("forum")[:NEWEST]
    return [
        (
            each,
            when.when_text(
                each.starts_on, each.ends_on, each.precision, is_tentative=each.is_tentative
            ),
        )
        for each in coming
    ]


def _draws(request: HttpRequest) -> QuerySet[DrawResult]:
    visible = Call.objects.visible_to(request.user)
    found = DrawResult.objects.filter(draw__call__in=visible).order_by("-drawn_at")
    return found.select_related("draw__call__circle").defer("seed_txt", "result_txt")[:NEWEST]


def _partnerships(request: HttpRequest) -> list[Partnership]:
    parties = Party.objects.select_related("municipality").order_by("position")
    found = Partnership.objects.visible_to(request.user).filter(published_at__isnull=False)
    return list(found.prefetch_related(Prefetch("parties", queryset=parties)))


def _map(partnerships: Sequence[Partnership]) -> tuple[list[Spot], list[Arc]]:
    """The map of partnerships, with the distance written at each bridge."""
    drawn = portrait_figures.map_of(partnerships)
    places = {spot.name: spot for spot in drawn["spots"]}
    arcs = [
        dataclasses.replace(arc, text=_distance(places[arc.start], places[arc.end]))
        for arc in drawn["arcs"]
    ]
    return drawn["spots"], arcs


def _distance(start: Spot, end: Spot) -> str:
    """Air line in round hundreds of kilometres, by the haversine formula."""
    north, south = math.radians(start.north), math.radians(end.north)
    half = math.sin((south - north) / 2) ** 2
    turn = math.sin(math.radians(end.east - start.east) / 2) ** 2
    angle = 2 * math.asin(math.sqrt(half + math.cos(north) * math.cos(south) * turn))
    hundreds = round(angle * EARTH_KM / 100) * 100
    return _("about %(km)s km") % {"km": number_format(hundreds, force_grouping=True)}

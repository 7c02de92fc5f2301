"""`/schreibtisch/`: what went wrong, what is due, what waits for me, what comes next.

Each module beside this one has the items of one app, or of one room of it.
"""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from config.pages import permissions
from config.pages.desk import (
    of_agreements,
    of_background,
    of_circles,
    of_course,
    of_deeds,
    of_events,
    of_formats,
    of_partnerships,
    of_results,
    of_rooms,
    of_weighing,
    ways,
)
from config.pages.desk.items import Desk
from foundation.access import require
from foundation.accounts.mandates import rest_without_factor
from foundation.accounts.models import User
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.posting.once import once


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """My desk; people without a role have a page of their own."""
    user = myself(request)
    if rest_without_factor(user):
        return redirect("enrol_factor")
    if not permissions.can_see_desk(user):
        return redirect("my")
    now = timezone.localtime()
    mine = desk_of(user)
    context = {
        "desk": mine,
        "now": now,
        "greeting": greeting(now),
        "week": week(now, mine),
        "ways": ways.of(user),
    }
    return render(request, "pages/desk.html", context)


@login_required
@require_POST
@once
def revive_effect(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a dead letter back to work."""
    require(permissions.can_see_dead_letters(request.user))
    effect = get_object_or_404(Effect, pk=pk, state=Effect.State.DEAD)
    work.revive(effect)
    trail.record("effect.revived", effect, by=myself(request), kind=effect.kind)
    messages.success(request, _("It is tried again now."))
    return redirect("desk")


def desk_of(user: User) -> Desk:
    """All items of all rooms for this reader."""
    rooms = (
        of_background,
        of_circles,
        of_results,
        of_rooms,
        of_events,
        of_formats,
        of_weighing,
        of_partnerships,
        of_agreements,
        of_deeds,
        of_course,
    )
    return Desk.of([item for room in rooms for item in room.items(user)], timezone.now())


def greeting(now: dt.datetime) -> str:
    """Good morning, good day or good evening, by the clock on the wall."""
    if now.hour < 11:
        return _("Good morning")
    return _("Good day") if now.hour < 18 else _("Good evening")


def week(now: dt.datetime, mine: Desk) -> list[tuple[dt.date, int]]:
    """Monday to Friday of this week, on weekends of the next, with the number of items each day."""
    monday = now.date() - dt.timedelta(days=now.weekday())
    if now.weekday() > 4:
        monday += dt.timedelta(days=7)
    days = [monday + dt.timedelta(days=n) for n in range(5)]
    dated = [timezone.localtime(moment).date() for moment in mine.dated]
    return [(day, dated.count(day)) for day in days]

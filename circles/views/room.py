"""The front page of a circle's room, and its announcements."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circles.deciding import overview as deciding
from circles.forms.room import AnnouncementForm
from circles.gathering import announcements, overview
from circles.proposing import overview as proposing
from circles.seating import acting
from circles.views.rooms import room_of
from foundation.access import require
from foundation.posting.once import once
from partnerships.views.answers import answer


@login_required
@never_cache
@require_safe
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes next, what waits for me, what is new."""
    found = room_of(request, slug)
    context = found.context(
        **overview.of_room(found.circle, found.terms),
        **deciding.of_room(found.circle, found.terms),
        proposal=proposing.of_room(found.circle),
    )
    return render(request, "circles/room.html", context)


@login_required
@never_cache
@once
def announcement_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All announcements; the hosts make a new one."""
    found = room_of(request, slug)
    require(found.is_host or request.method != "POST")
    said = found.circle.announcements.select_related(*acting.AUTHORS)
    return answer(
        request,
        AnnouncementForm(request.POST or None),
        lambda form: announcements.announce(found.circle, **form.cleaned_data, by=found.user),
        to=reverse("announcement_list", args=[slug]),
        template="circles/announcement_list.html",
        context=found.context(announcements=list(said)),
        done=_("Announced. A mail leaves to each member now."),
    )

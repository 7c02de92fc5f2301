"""Steps of a meeting by one button each: inviting, opening, who comes and goes, closing."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles.gathering import gatherings
from circles.views.rooms import hosted, item_in, meeting_in
from formats.models import AgendaItem
from formats.sittings import meetings, sessions
from formats.sittings.places import path_of
from foundation.posting.once import once
from partnerships.views.answers import act_and_return


@login_required
@once
@require_POST
def gathering_invite(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    room = hosted(request, slug)
    found = meeting_in(room, year, ordinal)
    return act_and_return(
        request,
        lambda: gatherings.invite(room.circle, found, by=room.user),
        to=reverse("gathering_letters", args=[slug, year, ordinal]),
        done=_("Members are invited. The mails wait here to be read and sent."),
    )


@login_required
@once
@require_POST
def gathering_cancel(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    room = hosted(request, slug)
    found = meeting_in(room, year, ordinal)
    reason = request.POST.get("reason", "").strip()[:300]
    return act_and_return(
        request,
        lambda: gatherings.cancel(found, reason=reason, by=room.user),
        to=path_of(found),
        done=_("The meeting is cancelled. Its page says so."),
    )


@login_required
@once
@require_POST
def gathering_open(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    room = hosted(request, slug)
    found = meeting_in(room, year, ordinal)
    return act_and_return(
        request,
        lambda: gatherings.open_meeting(room.circle, found, by=room.user),
        to=f"{path_of(found)}#anwesenheit",
    )


@login_required
@once
@require_POST
def gathering_close(request: HttpRequest, slug: str, year: int, ordinal: int) -> HttpResponse:
    room = hosted(request, slug)
    found = meeting_in(room, year, ordinal)
    return act_and_return(
        request,
        lambda: meetings.hold(found, by=room.user),
        to=f"{path_of(found)}#niederschrift",
    )


@login_required
@once
@require_POST
def gathering_arrive(
    request: HttpRequest, slug: str, year: int, ordinal: int, pk: int
) -> HttpResponse:
    return _presence(request, slug, year, ordinal, pk, sessions.arrive)


@login_required
@once
@require_POST
def gathering_leave(
    request: HttpRequest, slug: str, year: int, ordinal: int, pk: int
) -> HttpResponse:
    return _presence(request, slug, year, ordinal, pk, sessions.leave)


@login_required
@once
@require_POST
def gathering_raise(
    request: HttpRequest, slug: str, year: int, ordinal: int, position: int
) -> HttpResponse:
    return _item(request, slug, year, ordinal, position, gatherings.raise_item)


@login_required
@once
@require_POST
def gathering_remove(
    request: HttpRequest, slug: str, year: int, ordinal: int, position: int
) -> HttpResponse:
    return _item(request, slug, year, ordinal, position, gatherings.remove_item)


@login_required
@once
@require_POST
def gathering_admit(
    request: HttpRequest, slug: str, year: int, ordinal: int, position: int
) -> HttpResponse:
    return _item(request, slug, year, ordinal, position, gatherings.admit_late)


def _presence(
    request: HttpRequest,
    slug: str,
    year: int,
    ordinal: int,
    pk: int,
    act: Callable[..., object],
) -> HttpResponse:
    room = hosted(request, slug)
    found = meeting_in(room, year, ordinal)
    member = get_object_or_404(found.body.memberships.select_related("deputises"), pk=pk)
    return act_and_return(
        request, lambda: act(found, member, by=room.user), to=f"{path_of(found)}#anwesenheit"
    )


def _item(
    request: HttpRequest,
    slug: str,
    year: int,
    ordinal: int,
    position: int,
    act: Callable[..., object],
) -> HttpResponse:
    room = hosted(request, slug)
    item: AgendaItem = item_in(room, year, ordinal, position)
    return act_and_return(
        request,
        lambda: act(room.circle, item, by=room.user),
        to=f"{path_of(item.meeting)}#tagesordnung",
    )

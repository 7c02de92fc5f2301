"""The door of a circle's room: whoever does not belong there finds nothing."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from circles import permissions
from circles.gathering import gatherings
from circles.models import Circle, SeatTerm
from circles.seating import memberships
from formats.models import AgendaItem, Body, Meeting
from foundation.access import require
from foundation.accounts.models import User
from foundation.accounts.people import myself


@dataclasses.dataclass(frozen=True)
class Room:
    """A circle's room as one person stands in it: as host, on seats of theirs, or both."""

    circle: Circle
    user: User
    is_host: bool

    @cached_property
    def terms(self) -> list[SeatTerm]:
        return list(memberships.terms_of(self.circle, self.user))

    @property
    def is_member(self) -> bool:
        return bool(self.terms)

    @property
    def may_write(self) -> bool:
        """Whether this person takes part now: as a member, not as staff."""
        return self.is_member and self.is_at_work

    @property
    def is_at_work(self) -> bool:
        return self.circle.state == Circle.State.WORKING

    @property
    def hosts(self) -> bool:
        """Whether this person arranges things here now."""
        return self.is_host and self.is_at_work

    @property
    def body(self) -> Body:
        assert self.circle.body is not None  # noqa: S101 - for the type checker; a room has one
        return self.circle.body

    @property
    def zone(self) -> str:
        """Where the circle meets."""
        return self.body.time_zone

    @property
    def crumbs(self) -> list[dict[str, str]]:
        slug = self.circle.slug
        return [
            {"url": reverse("circle", args=[slug]), "label": str(self.circle.name)},
            {"url": reverse("room", args=[slug]), "label": _("Room")},
        ]

    def context(self, **more: Any) -> dict[str, Any]:
        """What every page of the room shows."""
        return {"room": self, "circle": self.circle, "trail": self.crumbs, **more}


R = TypeVar("R", bound=Room)


def room_of(request: HttpRequest, slug: str) -> Room:
    """The room, for its members, whoever leads it and the office (permissions.can_enter_room)."""
    return room_as(Room, request, slug)


def room_as(kind: type[R], request: HttpRequest, slug: str) -> R:
    """The same, as the pages of one part of the room see it."""
    known = Circle.objects.select_related("body", "proposal")
    found = get_object_or_404(known, slug=slug, body__isnull=False)
    room = kind(found, myself(request), permissions.can_host(request.user, found))
    if not room.is_host and not room.terms:
        raise Http404
    return room


def hosted(request: HttpRequest, slug: str) -> Room:
    """The room, for those who look after it."""
    room = room_of(request, slug)
    require(room.is_host)
    return room


def meeting_in(room: Room, year: int, ordinal: int) -> Meeting:
    """A meeting of this circle."""
    rows = gatherings.of_circle(room.circle).select_related("minutes")
    return get_object_or_404(rows, year=year, ordinal=ordinal)


def item_in(room: Room, year: int, ordinal: int, position: int) -> AgendaItem:
    """An item of a meeting of this circle."""
    meeting = meeting_in(room, year, ordinal)
    item = get_object_or_404(AgendaItem, meeting=meeting, position=position)
    item.meeting = meeting
    return item

"""The door to a circle's proposal: whoever may not enter the room learns nothing of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from circles.models import FeedbackRound, Proposal, ProposalVersion
from circles.proposing import sections
from circles.views import rooms


class Room(rooms.Room):
    """A circle's room with the way back to its proposal."""

    def context(self, **more: Any) -> dict[str, Any]:
        here = {"url": address_of(self), "label": _("Proposed solution")}
        return super().context(**{"trail": [*self.crumbs, here], **more})


def enter(request: HttpRequest, slug: str) -> Room:
    """The room, for its members, the office and the chair; else 404, as if it were not there."""
    return rooms.room_as(Room, request, slug)


def proposal_in(room: Room) -> Proposal:
    """Its proposal, or 404 before it was begun."""
    found: Proposal | None = getattr(room.circle, "proposal", None)
    if found is None:
        raise Http404
    found.circle = room.circle
    return found


def part_in(room: Room, slug: str) -> sections.Part:
    """A section of its proposal, also one that was taken out."""
    found = sections.part_of(proposal_in(room), slug)
    if found is None:
        raise Http404
    return found


def version_in(room: Room, n: int) -> ProposalVersion:
    """A version of its proposal."""
    return get_object_or_404(proposal_in(room).versions.select_related("proposal__circle"), n=n)


def round_in(room: Room, pk: int) -> FeedbackRound:
    """A round of feedback on one of its versions."""
    rows = FeedbackRound.objects.select_related("version__proposal__circle")
    return get_object_or_404(rows, pk=pk, version__proposal=proposal_in(room))


def address_of(room: Room, name: str = "proposal", *args: object) -> str:
    """The address of a page in this room."""
    return reverse(name, args=[room.circle.slug, *args])

"""The door to a circle's proposal: whoever may not enter the room learns nothing of it."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from circles import permissions
from circles.models import Circle, FeedbackRound, Proposal, ProposalVersion
from circles.proposing import sections
from circles.seating import memberships


@dataclasses.dataclass(frozen=True)
class Room:
    """A circle as somebody inside sees it: as a member or not, at work or not."""

    circle: Circle
    is_member: bool
    is_host: bool
    is_at_work: bool

    @property
    def may_write(self) -> bool:
        return self.is_member and self.is_at_work

    def trail(self, *steps: tuple[str, str]) -> list[dict[str, str]]:
        """The way back: circle, proposal, and further steps of (route, label)."""
        slug = self.circle.slug
        known = [("circle", str(self.circle.name)), *steps]
        return [{"url": reverse(name, args=[slug]), "label": label} for name, label in known]

    def context(self, **more: Any) -> dict[str, Any]:
        """What every page of the room shows; with the way back to the proposal."""
        here = self.trail(("proposal", _("Proposed solution")))
        return {"room": self, "circle": self.circle, "trail": here, **more}


def enter(request: HttpRequest, slug: str) -> Room:
    """The room, for its members, the office and the chair; else 404, as if it were not there."""
    circle = get_object_or_404(Circle.objects.select_related("proposal"), slug=slug)
    is_member = memberships.term_of(circle, request.user) is not None
    if not is_member and not permissions.can_enter_room(request.user, circle):
        raise Http404
    return Room(
        circle,
        is_member=is_member,
        is_host=permissions.can_host(request.user, circle),
        is_at_work=circle.state == Circle.State.WORKING,
    )


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

"""Finding a circle and its decisions for those who may enter the room; for all others, a 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from circles.models import Circle, ConsentRound, Decision, MajorityVote
from circles.views import rooms

Crumbs = list[dict[str, str]]


def room_of(request: HttpRequest, slug: str) -> Circle:
    """The circle, for its members and those who lead it."""
    return rooms.room_of(request, slug).circle


def decision_of(request: HttpRequest, slug: str, n: int) -> Decision:
    """A decision in the room."""
    circle = room_of(request, slug)
    rows = Decision.objects.select_related("version", "facilitator__person", "facilitator__seat")
    found = get_object_or_404(rows, circle=circle, n=n)
    found.circle = circle
    return found


def current_round(decision: Decision) -> ConsentRound:
    """The newest round of a decision; each begins with one."""
    found = decision.rounds.select_related("version").order_by("-n").first()
    if found is None:
        raise Http404
    found.decision = decision
    return found


def current_vote(decision: Decision) -> MajorityVote:
    """The newest vote, else 404."""
    found = decision.votes.select_related("poll").order_by("-n").first()
    if found is None:
        raise Http404
    found.decision = decision
    return found


def address(decision: Decision) -> str:
    return reverse("decision", args=[decision.circle.slug, decision.n])


def crumbs(circle: Circle, decision: Decision | None = None) -> Crumbs:
    """The way to the decisions of a circle, and to one of them."""
    found = [
        {"url": reverse("circle", args=[circle.slug]), "label": str(circle.name)},
        {"url": reverse("room", args=[circle.slug]), "label": _("Room")},
        {"url": reverse("decision_list", args=[circle.slug]), "label": _("Decisions")},
    ]
    if decision is not None:
        found.append({"url": address(decision), "label": decision.number})
    return found

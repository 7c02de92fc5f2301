"""The proposal in a few figures: for the front page of a circle's room, and for the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from circles.models import (
    Circle,
    Contribution,
    FeedbackRound,
    OpenPoint,
    PointSettlement,
    Proposal,
    ProposalVersion,
    Section,
)


def of_room(circle: Circle) -> Proposal | None:
    """The proposal with its figures, or None; one question however much there is.

    `section_count`, `point_count` (open) and `waiting_count` (suggestions without an answer);
    `newest` is the number of the last version, `round_pk` the open round that closes first.
    """
    settled = PointSettlement.objects.filter(point=OuterRef("pk"), reopened_at=None)
    kept = ProposalVersion.objects.filter(proposal=OuterRef("pk")).order_by("-n")
    rounds = FeedbackRound.objects.filter(
        state=FeedbackRound.State.OPEN, version__proposal=OuterRef("pk")
    )
    return (
        Proposal.objects.filter(circle=circle)
        .annotate(
            section_count=_number(Section.objects.filter(removed_at=None)),
            point_count=_number(OpenPoint.objects.filter(~Exists(settled))),
            waiting_count=_number(waiting(), "link__round__version__proposal"),
            newest=Subquery(kept.values("n")[:1]),
            round_pk=Subquery(rounds.order_by("closes_at", "pk").values("pk")[:1]),
        )
        .first()
    )


def waiting() -> QuerySet[Contribution]:
    """Suggestions in open rounds, in all circles at work, that no member has answered yet."""
    return Contribution.objects.filter(
        is_suggestion=True,
        withdrawn_at=None,
        answer=None,
        link__round__state=FeedbackRound.State.OPEN,
        link__round__version__proposal__circle__state=Circle.State.WORKING,
    )


def rounds_waiting(circles: Iterable[Circle]) -> QuerySet[Any]:
    """Open rounds of these circles with such suggestions, each with how many (`waits`)."""
    rounds = FeedbackRound.objects.filter(
        links__contributions__in=waiting(), version__proposal__circle__in=list(circles)
    )
    return (
        rounds.annotate(waits=Count("links__contributions"))
        .select_related("version__proposal__circle")
        .defer("version__content")
        .order_by("closes_at", "pk")
    )


def rounds_over(circles: Iterable[Circle]) -> QuerySet[FeedbackRound]:
    """Open rounds of these circles whose time is over and whose suggestions are all answered."""
    left = waiting().filter(link__round=OuterRef("pk"))
    rounds = FeedbackRound.objects.filter(
        ~Exists(left),
        state=FeedbackRound.State.OPEN,
        closes_at__lte=Now(),
        version__proposal__circle__in=list(circles),
    )
    chosen = rounds.select_related("version__proposal__circle").defer("version__content")
    return chosen.order_by("closes_at", "pk")


def _number(rows: QuerySet[Any], of: str = "proposal") -> Coalesce:
    """How many of `rows` belong to the proposal outside, which they name as `of`."""
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)

"""The proposal in a few figures, for the front page of a circle's room."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from circles.models import Circle, PointSettlement, Proposal
from circles.proposing import feedback_rounds
from circles.seating import memberships
from foundation.accounts.mandates import Actor


def of_room(circle: Circle, user: Actor) -> dict[str, Any]:
    """Proposal, counts, newest version and open rounds; five queries."""
    standing = Q(sections__removed_at=None, sections__isnull=False)
    proposal = (
        Proposal.objects.filter(circle=circle)
        .annotate(section_count=Count("sections", filter=standing, distinct=True))
        .first()
    )
    if proposal is None:
        return {"proposal": None, "proposal_versions": 0, "open_points": 0, "open_rounds": []}
    versions = proposal.versions.defer("content").order_by("-n")
    settled = PointSettlement.objects.filter(point=OuterRef("pk"), reopened_at=None)
    rounds = feedback_rounds.listed(proposal).filter(state=feedback_rounds.State.OPEN)
    newest = versions.first()
    return {
        "proposal": proposal,
        "newest_version": newest,
        "proposal_versions": newest.n if newest else 0,
        "open_points": proposal.points.exclude(Exists(settled)).count(),
        "open_rounds": list(rounds),
        "may_write": memberships.term_of(circle, user) is not None,
    }

"""What the public page of a circle shows of its proposal: released versions, closed rounds."""

from __future__ import annotations

from typing import Any

from circles.models import Circle, ProposalVersion
from circles.proposing import feedback_rounds


def of_circle(circle: Circle) -> dict[str, Any]:
    """Released versions, newest first, and closed rounds."""
    released = ProposalVersion.objects.filter(
        proposal__circle=circle, released_at__isnull=False
    ).defer("content")
    return {
        "released": list(released.order_by("-n")),
        "feedback_rounds": feedback_rounds.public_rounds(circle),
    }

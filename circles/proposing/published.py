"""What the public page of a circle shows of its proposal: released versions, closed rounds."""

from __future__ import annotations

from typing import Any

from circles import permissions
from circles.models import Circle, ProposalVersion
from circles.proposing import feedback_rounds
from foundation.accounts.mandates import Actor


def of_circle(circle: Circle, user: Actor) -> dict[str, Any]:
    """Nothing is asked for a circle that has not begun to work."""
    if circle.state == Circle.State.FOUNDED:
        return {}
    released = ProposalVersion.objects.filter(
        proposal__circle=circle, released_at__isnull=False
    ).defer("content")
    return {
        "released": list(released.order_by("-n")),
        "feedback_rounds": feedback_rounds.public_rounds(circle),
        "may_enter_proposal": permissions.can_enter_room(user, circle),
    }

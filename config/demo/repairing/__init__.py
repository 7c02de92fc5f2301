"""Thread 1 of the demonstration: from a broken toaster to what the city does about it.

Everything is invented; the people speak for places marked Demo.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from config.demo.repairing import beginning, deciding, outcome, proposing
from config.demo.repairing.beginning import SLUG
from formats.models import Meeting, Vision
from foundation.accounts.models import User

__all__ = ["SLUG", "load_thread"]


@transaction.atomic
def load_thread(sessions: Sequence[Meeting], people: dict[str, User]) -> None:
    """The whole thread, in its three sessions; once, and only as the first one."""
    if Vision.objects.exists() or len(sessions) != 3:
        return
    office = people["otto"]
    order = beginning.load_order(sessions[0], people)
    circle = beginning.load_circle(order, sessions[1], people)
    deciding.adopt_rules(circle, office)
    proposing.load_text(circle, office)
    proposing.load_feedback(circle, office)
    decision = deciding.decide_on_proposal(circle, office)
    deciding.vote_on_bonus(circle, office)
    outcome.present(circle, decision, sessions[2], office)
    outcome.publish(circle, people)
    outcome.follow_up(circle, people)

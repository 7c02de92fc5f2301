"""What the D.I.V. has brought about and nobody has taken further: results without a next step.

They stay listed, in public and on the desk, until something follows from them.
"""

from __future__ import annotations

import dataclasses

from django.db.models import QuerySet
from django.utils import timezone

from formats.models import Poll, PriorityRound, PriorityTopic, Vision, WorkOrder
from formats.weighing import priorities
from foundation.accounts.mandates import Actor


@dataclasses.dataclass(frozen=True)
class LooseEnds:
    """Each a list of its own; `overdue` are work orders past their date."""

    visions: QuerySet[Vision]
    topics: QuerySet[PriorityTopic]
    unanswered: QuerySet[PriorityTopic]
    waiting: QuerySet[WorkOrder]
    overdue: QuerySet[WorkOrder]


def loose_ends(user: Actor) -> LooseEnds:
    """Adopted visions without an order, adopted topics without a vision, advice without an answer,
    orders that nobody has begun, and orders that are late; of sessions that `user` may see.
    """
    rounds = PriorityRound.objects.visible_to(user)
    topics = PriorityTopic.objects.filter(round__in=rounds).select_related(
        "round__meeting", "round__poll", "option"
    )
    answered = topics.filter(
        round__poll__state=Poll.State.CLOSED, answer=PriorityTopic.Answer.ADOPTED
    )
    orders = WorkOrder.objects.order_by("due_on", "number")
    return LooseEnds(
        visions=Vision.objects.filter(state=Vision.State.ADOPTED, work_orders=None)
        .select_related("adopted_in", "action_field")
        .order_by("pk"),
        topics=answered.filter(vision=None).order_by("pk"),
        unanswered=topics.filter(pk__in=priorities.unanswered().values("pk")).order_by("pk"),
        waiting=orders.filter(state=WorkOrder.State.OPEN),
        overdue=orders.filter(
            due_on__lt=timezone.localdate(),
            state__in=[WorkOrder.State.ASSIGNED, WorkOrder.State.IN_PROGRESS],
        ),
    )

"""The end of a circle's work: an adopted proposal, and the session of the D.I.V. that sees it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from circles.models import Circle, Decision, Finalisation
from formats.models import AgendaItem, Meeting, WorkOrder
from formats.weighing import work_orders
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText


class NotAdopted(DomainError):
    """A circle ends its order with a proposed solution that it has adopted, with nothing else."""


class NotTheDiv(DomainError):
    """Results are presented to a public body such as the D.I.V., not to the circle itself."""


def adopted(circle: Circle) -> QuerySet[Decision]:
    """Decisions with which the order can be finalised, the newest first."""
    return circle.decisions.filter(
        kind=Decision.Kind.PROPOSAL, state=Decision.State.ADOPTED
    ).order_by("-decided_at")


def is_ahead(circle: Circle) -> bool:
    """Whether the circle is at work and its order has not ended; fetch it with its order."""
    order = circle.work_order
    return circle.state == Circle.State.WORKING and order.state in (
        WorkOrder.State.ASSIGNED,
        WorkOrder.State.IN_PROGRESS,
    )


def finalise(
    circle: Circle, decision: Decision, result: LocalizedText, meeting: Meeting, *, by: User
) -> AgendaItem:
    """End the order of `circle` with what `decision` adopted; it becomes an item of `meeting`.

    Raises NotAdopted, NotTheDiv, ResultMissing, UndeclaredMove, AgendaClosed.
    """
    if not meeting.body.is_public:
        raise NotTheDiv(
            "not-the-div",
            _("Results are presented in the D.I.V. Please choose one of its sessions."),
        )
    with transaction.atomic():
        order = WorkOrder.objects.select_for_update().get(pk=circle.work_order_id)
        if not adopted(circle).filter(pk=decision.pk).exists():
            raise NotAdopted(
                "not-adopted",
                _("The circle has not adopted this proposal. Its order ends with an adopted one."),
            )
        if order.state == WorkOrder.State.ASSIGNED:
            work_orders.start(order, by=by)
        item = work_orders.finalise(order, result, meeting, by=by)
        made = Finalisation.objects.create(work_order=order, decision=decision, done_by=by)
        trail.record("work-order.decision", order, by=by, decision=decision.pk, done=made.pk)
    return item

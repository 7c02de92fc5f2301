"""Work orders: derived from adopted visions, numbered, and given to a circle or to the office."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import AgendaItem, Meeting, OfficeProject, Vision, WorkOrder
from formats.numbering import next_number
from formats.sittings import agenda
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

NUMBERING_LOCK = 0xAA
UNDER_WAY = (WorkOrder.State.OPEN, WorkOrder.State.ASSIGNED, WorkOrder.State.IN_PROGRESS)


class VisionNotAdopted(DomainError):
    """Only an adopted vision leads to work orders."""


class WrongAddressee(DomainError):
    """The order is addressed to somebody else."""


class ResultMissing(DomainError):
    """Without a result there is nothing to present."""


class NotPresented(DomainError):
    """The session has not taken place."""


class NoteMissing(DomainError):
    """An order ends with a sentence that everybody can read."""


def derive(
    vision: Vision,
    *,
    question: LocalizedText,
    expected_result: LocalizedText,
    limits: LocalizedText,
    addressee: str,
    contact: str,
    due_on: dt.date,
    by: User,
) -> WorkOrder:
    """Turn an adopted vision into an order such as AA-2026-03 for a circle or for the office."""
    with transaction.atomic():
        vision = Vision.objects.select_for_update().get(pk=vision.pk)
        if vision.state != Vision.State.ADOPTED:
            raise VisionNotAdopted(
                "vision-not-adopted",
                _("The D.I.V. has not adopted this vision yet. Work orders follow from that."),
            )
        order = WorkOrder.objects.create(
            number=_next_number(),
            vision=vision,
            question=question,
            expected_result=expected_result,
            limits=limits,
            addressee=addressee,
            contact=contact,
            given_on=timezone.localdate(),
            due_on=due_on,
        )
        trail.record("work-order.derived", order, by=by, vision=vision.pk, addressee=addressee)
    return order


def take_up(order: WorkOrder, *, by: User) -> None:
    """The addressee exists now: a circle was founded or the office began a project."""
    states.advance(order, WorkOrder.State.ASSIGNED, by=by)


def begin_office_project(order: WorkOrder, *, title: LocalizedText, by: User) -> OfficeProject:
    """The office works on the order itself."""
    if order.addressee != WorkOrder.Addressee.OFFICE:
        raise WrongAddressee(
            "wrong-addressee", _("This work order is addressed to an innovation circle.")
        )
    with transaction.atomic():
        take_up(order, by=by)
        return OfficeProject.objects.create(work_order=order, title=title)


def start(order: WorkOrder, *, by: User) -> None:
    """Work has begun."""
    states.advance(order, WorkOrder.State.IN_PROGRESS, by=by)


def finalise(order: WorkOrder, result: LocalizedText, meeting: Meeting, *, by: User) -> AgendaItem:
    """The result is there; it becomes an item of a session. Raises ResultMissing, AgendaClosed."""
    if not result:
        raise ResultMissing("result-missing", _("Please write what came out."))
    title = LocalizedText.of(
        "de", f"Ergebnis des Arbeitsauftrags {order.number}",
        en=f"Result of work order {order.number}",
    )  # fmt: skip
    with transaction.atomic():
        states.advance(order, WorkOrder.State.FINALISED, by=by, result=result)
        return agenda.add_item(meeting, title, order, kind=AgendaItem.Kind.RESULT, by=by)


def present(order: WorkOrder, meeting: Meeting, *, by: User) -> None:
    """The result was shown in a session that has begun."""
    if meeting.state == Meeting.State.CANCELLED or meeting.starts_at > timezone.now():
        raise NotPresented(
            "meeting-ahead", _("This session has not begun yet or was cancelled. Choose another.")
        )
    states.advance(order, WorkOrder.State.PRESENTED, by=by, presented_in=meeting)


def publish(order: WorkOrder, *, by: User) -> None:
    """The result is public. The database lets this happen together with it, else never."""
    states.advance(order, WorkOrder.State.PUBLISHED, by=by)


def close(order: WorkOrder, note: LocalizedText, *, by: User) -> None:
    """Nothing more follows from the order; `note` says why, in public. Raises NoteMissing."""
    if not note:
        raise NoteMissing("note-missing", _("Please write what became of it, or why it ends."))
    states.advance(order, WorkOrder.State.CLOSED, by=by, closing_note=note)


def hand_over(order: WorkOrder, note: LocalizedText, *, due_on: dt.date, by: User) -> WorkOrder:
    """A circle cannot go on: its order ends, and the office gets one of its own that follows it.

    The new order keeps vision, question, result and limits. Raises WrongAddressee, NoteMissing.
    """
    if order.addressee != WorkOrder.Addressee.CIRCLE:
        raise WrongAddressee("order-of-the-office", _("The office has this order already."))
    if order.state not in UNDER_WAY:
        raise WrongAddressee(
            "order-is-done", _("The circle has finished this order. There is nothing to hand over.")
        )
    with transaction.atomic():
        close(order, note, by=by)
        successor = WorkOrder.objects.create(
            number=_next_number(),
            vision=order.vision,
            question=order.question,
            expected_result=order.expected_result,
            limits=order.limits,
            addressee=WorkOrder.Addressee.OFFICE,
            contact=order.contact,
            given_on=timezone.localdate(),
            due_on=due_on,
            successor_of=order,
        )
        trail.record("work-order.handed-over", order, by=by, successor=successor.pk)
    return successor


def _next_number() -> str:
    return next_number(WorkOrder, "AA", lock=NUMBERING_LOCK, digits=2)

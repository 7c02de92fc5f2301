"""Work orders: derived from adopted visions, numbered, and given to a circle or to the office."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import OfficeProject, Vision, WorkOrder
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

NUMBERING_LOCK = 0xAA


class VisionNotAdopted(DomainError):
    """Only an adopted vision leads to work orders."""


class WrongAddressee(DomainError):
    """The order is addressed to somebody else."""


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


def _next_number() -> str:
    """AA-<year>-<two digits>, one after another; waits for a concurrent numbering."""
    stem = f"AA-{timezone.localdate().year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING_LOCK])
    taken = WorkOrder.objects.filter(number__startswith=stem).values_list("number", flat=True)
    last = max((int(number.removeprefix(stem)) for number in taken), default=0)
    return f"{stem}{last + 1:02d}"

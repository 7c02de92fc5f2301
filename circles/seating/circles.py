"""Founding a circle for a work order: fifteen seats, all free; and beginning to work."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.gathering import rooms
from circles.models import Circle, Seat
from circles.models.circle import EXPERT_SEATS, LOT_SEATS, SECTOR_SEATS
from formats.models import Vision, WorkOrder
from formats.slugs import slug_for
from formats.weighing import work_orders
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

SECTORS = (
    Seat.Sector.ADMINISTRATION,
    Seat.Sector.SCIENCE,
    Seat.Sector.BUSINESS,
    Seat.Sector.POLITICS,
    Seat.Sector.CIVIL_SOCIETY,
)


class NotFoundable(DomainError):
    """A circle answers exactly one work order from an adopted vision, addressed to a circle."""


def found_circle(
    order: WorkOrder,
    *,
    name: LocalizedText,
    purpose: LocalizedText,
    is_demo: bool = False,
    by: User,
) -> Circle:
    """Found the circle of `order` with its fifteen free seats; the order is taken up."""
    with transaction.atomic():
        # The vision stays adopted until this is committed.
        vision = Vision.objects.select_for_update().get(pk=order.vision_id)
        if vision.state != Vision.State.ADOPTED:
            raise NotFoundable(
                "vision-not-adopted",
                _("The vision behind this work order is not adopted by the D.I.V."),
            )
        if order.addressee != WorkOrder.Addressee.CIRCLE:
            raise NotFoundable(
                "order-of-the-office", _("This work order is addressed to the office.")
            )
        work_orders.take_up(order, by=by)
        try:
            with transaction.atomic():
                circle = Circle.objects.create(
                    slug=slug_for(Circle, str(name)),
                    number=_next_number(),
                    name=name,
                    purpose=purpose,
                    work_order=order,
                    is_demo=is_demo,
                )
        except IntegrityError as error:
            raise NotFoundable(
                "somebody-was-faster",
                _("Somebody else founded a circle at this moment. Please try again."),
            ) from error
        Seat.objects.bulk_create(_fifteen_seats(circle))
        trail.record("circle.founded", circle, by=by, order=order.number)
    return circle


class NotReadyToWork(DomainError):
    """Seats are missing and nobody says why the circle begins all the same, or it has begun."""


def begin_work(circle: Circle, *, reason: LocalizedText | None = None, by: User) -> None:
    """The circle takes up its work and gets its room; incomplete only with a public reason."""
    with transaction.atomic():
        circle = Circle.objects.select_for_update().get(pk=circle.pk)
        reason = reason or LocalizedText()
        if _is_incomplete(circle):
            _demand_reason(reason)
        else:
            reason = LocalizedText()
        states.advance(
            circle,
            Circle.State.WORKING,
            by=by,
            incomplete_reason=reason,
            began_at=timezone.now(),
        )
        rooms.set_up(circle, by=by)


class NotAtItsEnd(DomainError):
    """The circle's work order is neither published nor closed, or the circle does not work."""


def is_at_its_end(circle: Circle) -> bool:
    """Whether it works still and nothing is left for it to do."""
    done = (WorkOrder.State.PUBLISHED, WorkOrder.State.CLOSED)
    return circle.state == Circle.State.WORKING and circle.work_order.state in done


def end(circle: Circle, *, by: User) -> None:
    """The circle has done its work: nobody moves up any more, the periods of deletion begin.

    From now on its room is only read (`acting`); feedback that is still asked for is not taken any
    more. Raises NotAtItsEnd, also while something is being decided.
    """
    with transaction.atomic():
        circle = Circle.objects.select_for_update().get(pk=circle.pk)
        if not is_at_its_end(circle):
            raise NotAtItsEnd(
                "not-at-its-end",
                _("A circle ends when it has worked and its order is published or closed."),
            )
        if circle.decisions.filter(decided_at=None).exists():
            raise NotAtItsEnd(
                "still-deciding",
                _(
                    "The circle is still deciding something. Bring it to its end, or withdraw it, "
                    "and then end the circle."
                ),
            )
        states.advance(circle, Circle.State.FINISHED, by=by, ended_at=timezone.now())


def explain_incomplete(circle: Circle, reason: LocalizedText, *, by: User) -> None:
    """Say anew why a circle at work has fewer than fifteen people."""
    with transaction.atomic():
        circle = Circle.objects.select_for_update().get(pk=circle.pk)
        if circle.state != Circle.State.WORKING or not _is_incomplete(circle):
            raise NotReadyToWork(
                "nothing-to-explain", _("The circle is complete or not at work; no reason is due.")
            )
        _demand_reason(reason)
        Circle.objects.filter(pk=circle.pk).update(incomplete_reason=reason)
        trail.record("circle.incomplete-explained", circle, by=by)


def _is_incomplete(circle: Circle) -> bool:
    return circle.seats.exclude(state=Seat.State.TAKEN).exists()


def _demand_reason(reason: LocalizedText) -> None:
    if not str(reason).strip():
        raise NotReadyToWork(
            "reason-missing",
            _("Seats are still empty. Say for everybody why the circle works all the same."),
        )


def _fifteen_seats(circle: Circle) -> list[Seat]:
    seats = [
        Seat(circle=circle, number=number, kind=Seat.Kind.SECTOR, sector=sector)
        for number, sector in zip(SECTOR_SEATS, SECTORS, strict=True)
    ]
    seats += [Seat(circle=circle, number=n, kind=Seat.Kind.EXPERT) for n in EXPERT_SEATS]
    seats += [Seat(circle=circle, number=n, kind=Seat.Kind.LOT) for n in LOT_SEATS]
    return seats


def _next_number() -> str:
    """IZ-<year>-<two digits>; the unique constraint decides between two at once."""
    stem = f"IZ-{timezone.localdate().year}-"
    taken = Circle.objects.filter(number__startswith=stem).values_list("number", flat=True)
    last = max((int(number.removeprefix(stem)) for number in taken), default=0)
    return f"{stem}{last + 1:02d}"

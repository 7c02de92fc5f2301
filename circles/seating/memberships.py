"""Having a seat: the name may be shown or not, and the seat may be given back, at any time."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from circles.models import Circle, Offer, Seat, SeatTerm
from circles.models.seat_term import SeatTermQuerySet
from circles.seating import naming, offers
from foundation.accounts.mandates import Actor
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class NotSeated(DomainError):
    """The seat is not, or no longer, this person's."""


def members_of(circle: Circle) -> SeatTermQuerySet:
    """The terms of those who sit in it now, by seat; each with its seat and person."""
    current = SeatTerm.objects.current().filter(seat__circle=circle)
    return current.select_related("seat", "person").order_by("seat__number")


def terms_of(circle: Circle, user: User) -> SeatTermQuerySet:
    """The seats of this person in the circle now, and of whoever shares their mailbox."""
    return members_of(circle).held_by(user)


def term_of(circle: Circle, user: Actor) -> SeatTerm | None:
    """As which member this person works in the circle now, or None: for themselves first."""
    found = list(terms_of(circle, user)) if isinstance(user, User) else []
    return min(found, key=lambda term: term.person_id != user.pk, default=None)


def show_name(seat: Seat, *, is_public: bool, by: User) -> None:
    """Agree that the name is shown on public pages, or take that back."""
    with transaction.atomic():
        taken = Seat.objects.held_by(by).filter(pk=seat.pk, state=Seat.State.TAKEN)
        if not taken.update(name_is_public=is_public):
            raise _not_seated()
        trail.record("seat.name-consent", seat, by=None, public=is_public)


def give_back(seat: Seat, *, by: User) -> None:
    """The member leaves the circle; a seat by lot goes to the next in the order.

    After the circle's end nobody moves up, but whoever wants to be forgotten can still leave.
    """
    with transaction.atomic():
        # Draws lock the call first: wait for nobody while holding the seat.
        taken = Seat.objects.held_by(by).filter(pk=seat.pk, state=Seat.State.TAKEN)
        held = taken.select_related("circle").first()
        if held is None:
            raise _not_seated()
        if held.kind == Seat.Kind.LOT:
            offer = held.offers.get(state=Offer.State.ACCEPTED, application__user=held.holder)
            offers.take_back_accepted(offer, by=by)
        else:
            naming.leave_seat(held, by=by)


def _not_seated() -> NotSeated:
    return NotSeated("not-seated", _("This seat is not yours any more."))

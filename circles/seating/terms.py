"""The history of seats: a term begins when a seat is taken and ends when it is given back.

By the database's clock, as everything that members do together: a draw may run ahead of it.
"""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Greatest

from circles.gathering import rooms
from circles.models import Circle, Seat, SeatTerm
from formats.models import Membership
from foundation import database
from foundation.accounts.models import User
from foundation.mail import outbox


def begin(seat: Seat) -> None:
    """Note that the holder of a taken seat sits from now on; a circle at work has a member more."""
    SeatTerm.objects.create(
        seat=seat,
        person=seat.holder,
        named_by_body=seat.nominated_by_body,
        began_at=database.clock(),
    )
    rooms.admit(seat)


def end(seat: Seat) -> None:
    """Note that whoever sits here leaves; before the seat forgets its holder."""
    term = seat.terms.filter(ended_at=None).select_related("person").first()
    seat.terms.filter(ended_at=None).update(ended_at=Greatest(F("began_at"), database.clock()))
    rooms.dismiss(seat, term.person if term else None)


def past(circle: Circle) -> list[SeatTerm]:
    """The terms that have ended, by seat and time; without names, for everybody."""
    ended = SeatTerm.objects.filter(seat__circle=circle, ended_at__isnull=False)
    return list(ended.select_related("seat").order_by("seat__number", "ended_at"))


def forget(person: User, circle: Circle | None = None) -> None:
    """The days of a former member stay, the person goes: of one circle, or of all."""
    ended = SeatTerm.objects.filter(person=person, ended_at__isnull=False)
    if circle is not None:
        ended = ended.filter(seat__circle=circle)
    for term in ended:
        outbox.forget_mails_about(term)
    ended.update(person=None)
    sat = Membership.objects.filter(user=person, ends_on__isnull=False, body__circle__isnull=False)
    if circle is not None:
        sat = sat.filter(body__circle=circle)
    sat.update(user=None)

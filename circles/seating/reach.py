"""How mails reach who sits or sat in a circle: their address, a mailbox they share, a letter."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from circles.applying.applications import PAPER
from circles.models import Application, Circle, Seat
from foundation.accounts.models import User


@dataclasses.dataclass(frozen=True)
class Reach:
    """Where a mail goes; without `to` it is a letter."""

    to: str
    postal_address: str = ""

    @property
    def letter_to(self) -> str:
        """The postal address where there is no mailbox."""
        return "" if self.to else self.postal_address


def of_people(circle: Circle, people: Iterable[User]) -> dict[int, Reach]:
    """By person; one query. Accounts without a mailbox of their own hold an address of ours.

    What they wrote into their application to this circle says how else to reach them.
    """
    known = {person.pk: person.email for person in people}
    applied = Application.objects.filter(call__circle=circle, user__in=known, erased_at=None)
    forms = {
        user: Reach(email, post)
        for user, email, post in applied.order_by("pk").values_list(
            "user_id", "email", "postal_address"
        )
    }
    return {
        pk: forms.get(pk, Reach("")) if own.endswith(f"@{PAPER}") else Reach(own)
        for pk, own in known.items()
    }


def of_seats(circle: Circle, seats: list[Seat]) -> dict[int, Reach]:
    """The same by seat, of taken seats with their holders."""
    holders = {seat.pk: seat.holder for seat in seats if seat.holder is not None}
    found = of_people(circle, holders.values())
    return {pk: found[person.pk] for pk, person in holders.items()}

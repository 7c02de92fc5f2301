"""How mails reach whoever sits in a circle: their address, a mailbox they share, or a letter."""

from __future__ import annotations

import dataclasses

from circles.applying.applications import PAPER
from circles.models import Circle, Offer, Seat


@dataclasses.dataclass(frozen=True)
class Reach:
    """Where a mail goes; without `to` it is a letter."""

    to: str
    postal_address: str = ""


def of_seats(circle: Circle, seats: list[Seat]) -> dict[int, Reach]:
    """By seat; one query. Accounts without a mailbox of their own hold an address of ours."""
    accepted = Offer.objects.filter(seat__circle=circle, state=Offer.State.ACCEPTED)
    forms = {
        pk: Reach(email, post)
        for pk, email, post in accepted.values_list(
            "seat_id", "application__email", "application__postal_address"
        )
    }
    found = {}
    for seat in seats:
        assert seat.holder is not None  # noqa: S101 - for the type checker; a taken seat has one
        own = seat.holder.email
        found[seat.pk] = forms.get(seat.pk, Reach("")) if own.endswith(f"@{PAPER}") else Reach(own)
    return found

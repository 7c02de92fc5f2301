"""Who did what in a room: a member by their seat, else whoever looks after it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from circles.models import Circle, RoomFile, Seat, SeatTerm
from circles.models.authorship import Authored
from circles.seating import memberships, seats
from foundation.accounts.models import User


def author_of(circle: Circle, by: User, *, step: str = "by") -> dict[str, Any]:
    """The two columns that say who wrote something: `<step>_member` or `<step>_host`."""
    term = memberships.term_of(circle, by)
    return {f"{step}_member": term} if term else {f"{step}_host": by}


def noted(circle: Circle, by: User) -> User | None:
    """Whom the trail names: nobody who was drawn by lot (`circles.traces`)."""
    held = SeatTerm.objects.current().held_by(by).filter(seat__circle=circle)
    return None if held.filter(seat__kind=Seat.Kind.LOT).exists() else by


def name_of(term: SeatTerm) -> str:
    """How the others in the room call a member; needs seat and person fetched."""
    if term.person is None:
        return _("former member")
    return term.person.name or seats.title_of(term.seat)


def author_name(written: Authored) -> str:
    """Who wrote it; needs by_member with seat and person, and by_host fetched."""
    return _name(written.by_member, written.by_host)


def remover_name(found: RoomFile) -> str:
    """Who removed the file."""
    return _name(found.removed_by_member, found.removed_by_host)


def _name(member: SeatTerm | None, host: User | None) -> str:
    if member is not None:
        return name_of(member)
    return host.get_full_name() if host is not None else ""


AUTHORS = ("by_member__person", "by_member__seat", "by_host")

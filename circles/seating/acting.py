"""Who acts in the room of a circle: a member by their seat, else staff that looks after it.

Rows name the member's term; the trail names staff and terms, never members: it is for ever, and
would tie a person to a ticket.
"""

from __future__ import annotations

import dataclasses

from django.db import models
from django.utils.translation import gettext as _

from circles import permissions
from circles.models import Circle, SeatTerm
from circles.models.authorship import Authored
from circles.seating import memberships, seats
from foundation import database
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.audit.trail import Detail
from foundation.errors import DomainError

# What the names of those who wrote something ask for.
AUTHORS = ("by_member__person", "by_member__seat", "by_host")


class NotAMember(DomainError):
    """Only who sits in the circle does this; or nobody outside its room."""


class NotAtWork(DomainError):
    """The circle does not work yet, or no longer: its room is only read."""


class NotYours(DomainError):
    """Somebody else may do this, not this person."""


@dataclasses.dataclass(frozen=True)
class Acting:
    """As whom somebody acts: `member` is None for staff."""

    member: SeatTerm | None
    user: User

    @property
    def host(self) -> User | None:
        """The account that is noted, in rows and in the trail: of staff only."""
        return None if self.member else self.user

    def note(self, verb: str, subject: models.Model, **details: Detail) -> None:
        """Record what was done; of a member the trail knows the term."""
        if self.member is not None:
            details["member"] = self.member.pk
        trail.record(verb, subject, by=self.host, **details)

    def signature(self, step: str = "by") -> dict[str, SeatTerm | User | None]:
        """The two columns that say who did it: `<step>_member` and `<step>_host`."""
        return {f"{step}_member": self.member, f"{step}_host": self.host}


@dataclasses.dataclass(frozen=True)
class Member(Acting):
    """Somebody who acts on a seat."""

    member: SeatTerm


def demand_at_work(circle: Circle) -> None:
    """Raise NotAtWork unless the circle is at work at this moment."""
    if not Circle.objects.filter(pk=circle.pk, state=Circle.State.WORKING).exists():
        raise NotAtWork(
            "not-at-work", _("The circle is not at work. Its room can be read, not changed.")
        )


def anybody(circle: Circle, by: User) -> Acting:
    """`by` in a circle at work: as a member, else as staff. Raises NotAtWork, NotAMember."""
    demand_at_work(circle)
    term = memberships.term_of(circle, by)
    if term is not None:
        return Member(term, by)
    if not permissions.can_host(by, circle):
        raise _not_a_member()
    return Acting(None, by)


def member(circle: Circle, by: User, *, seat: SeatTerm | None = None) -> Member:
    """`by` as a member of a circle at work. Raises NotAtWork, NotAMember.

    Whoever reads one mailbox for two says on whose `seat`; without it for themselves.
    """
    demand_at_work(circle)
    return Member(seat_of(circle, by, seat=seat), by)


def held_member(circle: Circle, by: User, *, seat: SeatTerm | None = None) -> Member:
    """The same, held until commit: nobody leaves the seat meanwhile."""
    found = member(circle, by, seat=seat)
    hold_seat(found.member)
    return found


def seat_of(circle: Circle, by: User, *, seat: SeatTerm | None = None) -> SeatTerm:
    """The term of `by`, whether the circle is at work or not. Raises NotAMember."""
    if seat is None:
        found = memberships.term_of(circle, by)
    else:
        found = memberships.terms_of(circle, by).filter(pk=seat.pk).first()
    if found is None:
        raise _not_a_member()
    return found


def hold_seat(term: SeatTerm) -> None:
    """Nobody leaves this seat until commit. Raises NotAMember when it was left already."""
    database.hold(SeatTerm, term.pk)
    if not SeatTerm.objects.current().filter(pk=term.pk).exists():
        raise _not_a_member()


def name_of(term: SeatTerm) -> str:
    """How the room calls a member: by name, else by seat; needs seat and person fetched."""
    name = term.person.name if term.person else ""
    return name or _seat_words(term)


def seat_and_name(term: SeatTerm | None) -> str:
    """The author of a text as the room reads it; None is staff."""
    if term is None:
        return _("Office or chair")
    name = term.person.name if term.person else ""
    return f"{_seat_words(term)}: {name}" if name else _seat_words(term)


def author_name(written: Authored) -> str:
    """Who wrote it; needs AUTHORS fetched."""
    return name_of_one(written.by_member, written.by_host)


def name_of_one(term: SeatTerm | None, host: User | None) -> str:
    """The member's name, else that of staff."""
    if term is not None:
        return name_of(term)
    return host.get_full_name() if host is not None else ""


def _seat_words(term: SeatTerm) -> str:
    return _("Seat %(number)d, %(title)s") % {
        "number": term.seat.number,
        "title": seats.title_of(term.seat),
    }


def _not_a_member() -> NotAMember:
    return NotAMember(
        "not-a-member",
        _("You are not, or no longer, a member of this circle. Only members take part."),
    )

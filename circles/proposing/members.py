"""Who acts in the room of a circle: a member by their seat, else the office or the chair.

Rows and trail name the member's term, never the account: it outlives the person without a name.
"""

from __future__ import annotations

import dataclasses

from django.db import models
from django.utils.translation import gettext as _

from circles import permissions
from circles.models import Circle, SeatTerm
from circles.seating import memberships, seats
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.audit.trail import Detail
from foundation.errors import DomainError


class NotAMember(DomainError):
    """Only members of the circle do this; or nobody outside its room."""


class NotAtWork(DomainError):
    """The circle does not work yet, or no longer."""


@dataclasses.dataclass(frozen=True)
class Acting:
    """As whom somebody acts: `member` is None for the office and the chair."""

    member: SeatTerm | None
    user: User

    @property
    def host(self) -> User | None:
        """The account that is noted: of staff only."""
        return None if self.member else self.user

    def note(self, verb: str, subject: models.Model, **details: Detail) -> None:
        """Record what was done; of a member the trail knows the term."""
        if self.member is not None:
            details["member"] = self.member.pk
        trail.record(verb, subject, by=self.host, **details)


def acting(circle: Circle, by: User) -> Acting:
    """As whom `by` acts in a circle at work. Raises NotAtWork, NotAMember."""
    if circle.state != Circle.State.WORKING:
        raise NotAtWork("not-at-work", _("The circle is not at work. Nothing was changed."))
    term = memberships.term_of(circle, by)
    if term is None and not permissions.can_host(by, circle):
        raise _not_a_member()
    return Acting(term, by)


def member(circle: Circle, by: User) -> Acting:
    """The same for what members alone do. Raises NotAtWork, NotAMember."""
    found = acting(circle, by)
    if found.member is None:
        raise _not_a_member()
    return found


def seat_of(found: Acting) -> SeatTerm:
    """The term of somebody who was found to be a member. Raises NotAMember."""
    if found.member is None:
        raise _not_a_member()
    return found.member


def said_by(term: SeatTerm | None) -> str:
    """An author as the room reads it: the seat, and the name of whoever sits there still."""
    if term is None:
        return _("Office or chair")
    words = _("Seat %(number)d, %(title)s") % {
        "number": term.seat.number,
        "title": seats.title_of(term.seat),
    }
    if term.ended_at is None and term.person is not None and term.person.name:
        return f"{words}: {term.person.name}"
    return words


def _not_a_member() -> NotAMember:
    return NotAMember("not-a-member", _("Only members of the circle can do this."))

"""As whom somebody acts in a circle: as a member by their seat, or as staff that leads it.

The trail names staff, never members: it is for ever, and would tie a person to a ticket.
"""

from __future__ import annotations

import dataclasses

from django.db import connection, models
from django.utils.translation import gettext as _

from circles import permissions
from circles.models import Circle, Decision, SeatTerm
from circles.seating.memberships import term_of
from foundation.accounts.models import User
from foundation.errors import DomainError


class NotAMember(DomainError):
    """Only who sits in the circle takes part."""


class NotYours(DomainError):
    """Somebody else may do this, not this person."""


@dataclasses.dataclass(frozen=True)
class Acting:
    """A member, or staff; `trace` is whom the trail names."""

    term: SeatTerm | None
    staff: User | None

    @property
    def trace(self) -> User | None:
        return self.staff


def member(circle: Circle, by: User) -> SeatTerm:
    """The seat term of `by`, held until commit: nobody leaves meanwhile. Raises NotAMember."""
    found = term_of(circle, by)
    if found is not None:
        hold(found)
        if SeatTerm.objects.current().filter(pk=found.pk).exists():
            return found
    raise NotAMember(
        "not-a-member",
        _("You are not, or no longer, a member of this circle. Only members take part."),
    )


def hold(row: models.Model) -> None:
    """Keep a row as it is until commit; many hold it together, whoever changes it waits."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {row._meta.db_table} WHERE id = %s FOR SHARE", [row.pk])  # noqa: S608 - the table of a model


def anybody(circle: Circle, by: User) -> Acting:
    """`by` as a member, else as staff that leads the circle. Raises NotAMember."""
    if not permissions.can_host(by, circle) or permissions.is_member(by, circle):
        return Acting(member(circle, by), None)
    return Acting(None, by)


def leader(decision: Decision, by: User) -> Acting:
    """`by`, who may lead its rounds. Raises NotYours."""
    if not permissions.can_lead_rounds(by, decision):
        raise NotYours("not-yours", _("Only those who lead the rounds can do this."))
    return anybody(decision.circle, by)

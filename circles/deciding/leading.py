"""Who leads the rounds of a decision: staff, the chosen member, any member where nobody leads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from circles import permissions
from circles.models import Circle, Decision
from circles.seating import acting
from foundation.accounts.models import User


def anybody(circle: Circle, by: User) -> acting.Acting:
    """`by` in the room; a member is held until commit. Raises NotAtWork, NotAMember."""
    found = acting.anybody(circle, by)
    if found.member is not None:
        acting.hold_seat(found.member)
    return found


def leader(decision: Decision, by: User) -> acting.Acting:
    """`by`, who may lead its rounds. Raises NotYours, NotAtWork."""
    if not permissions.can_lead_rounds(by, decision):
        raise acting.NotYours("not-yours", _("Only those who lead the rounds can do this."))
    return anybody(decision.circle, by)

"""Whom the trail names: staff always, applicants never.

The trail is for ever and an application keeps its ticket, so an entry that names the applicant
would link person and ticket after everything else about them was deleted.
"""

from __future__ import annotations

from circles.models import Application
from foundation.accounts.models import User


def actor_of(application: Application, by: User | None) -> User | None:
    """Who is noted as acting on this application: nobody when it is its own person.

    The account of a shared mailbox is the second person's own, too.
    """
    own = (application.user_id, application.reached_by_id)
    return None if by is None or by.pk in own else by

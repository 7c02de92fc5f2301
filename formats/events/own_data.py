"""Everything that events hold about a person's address, for the person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from formats.models import EventInvitation, Registration
from foundation.accounts.models import User


def of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Registrations and invitations of the account's address; JSON values only."""
    email = user.email.lower()
    registered = Registration.objects.filter(email=email, erased_at=None)
    invited = EventInvitation.objects.filter(email=email, erased_at=None)
    return {
        "registrations": [
            {
                "event": each.event.slug,
                "state": each.state,
                "name": each.name,
                "organisation": each.organisation,
                "support": each.support,
                "presence": each.presence,
                "language": each.language,
                "listed_since": _iso(each.listed_since),
                "photos_since": _iso(each.photos_since),
                "attended": each.attended,
                "at": _iso(each.asked_at),
            }
            for each in registered.select_related("event")
        ],
        "invitations": [
            {
                "event": each.event.slug,
                "standing": str(each.standing),
                "name": each.name,
                "language": each.language,
                "at": _iso(each.invited_at),
                "reminded_at": _iso(each.reminded_at),
            }
            for each in invited.select_related("event", "registration")
        ],
    }


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None

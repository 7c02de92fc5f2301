"""Announcements: in the room from now on, and to each member in a mail that leaves at once."""

from __future__ import annotations

from django.db import transaction

from circles.gathering import people, rooms
from circles.models import Announcement, Circle
from circles.seating import messages
from foundation.accounts.models import User
from foundation.audit import trail


def announce(circle: Circle, *, title: str, text: str, by: User) -> Announcement:
    """Tell all members; raises NobodyThere while no seat is taken."""
    rooms.demand_open(circle)
    with transaction.atomic():
        said = Announcement.objects.create(
            circle=circle, title=title, text=text, **people.author_of(circle, by)
        )
        messages.write(circle, subject=title, text=text, hold=False, by=by)
        trail.record("announcement.made", said, by=people.noted(circle, by))
    return said

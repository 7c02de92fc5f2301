"""Announcements: in the room from now on, and to each member in a mail that leaves at once."""

from __future__ import annotations

from django.db import transaction

from circles.models import Announcement, Circle
from circles.seating import acting, messages
from foundation.accounts.models import User


def announce(circle: Circle, *, title: str, text: str, by: User) -> Announcement:
    """Tell all members; raises NotAtWork, and NobodyThere while no seat is taken."""
    who = acting.anybody(circle, by)
    with transaction.atomic():
        said = Announcement.objects.create(circle=circle, title=title, text=text, **who.signature())
        messages.write(circle, subject=title, text=text, hold=False, by=by)
        who.note("announcement.made", said)
    return said

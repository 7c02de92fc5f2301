"""A session of five votes that is under way: who sits in it, and what it may decide."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from formats.models import AgendaItem, Meeting, Membership
from formats.sittings import agenda, bodies, invitations, sessions
from foundation.accounts.models import User
from tests.formats.factories import make_body, make_meeting, text

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
NAMES = ("Ada", "Bert", "Cleo", "Dirk", "Elif")


def seat(by: User, name: str, **fields) -> Membership:
    return bodies.admit_member(
        make_body(by),
        name=name,
        email=fields.pop("email", f"{name.lower()}@example.org"),
        group=fields.pop("group", "department"),
        on_behalf_of=fields.pop("on_behalf_of", f"Stelle {name}"),
        starts_on=fields.pop("starts_on", dt.date(2020, 1, 1)),
        by=by,
        **fields,
    )


def five(by: User) -> list[Membership]:
    return [seat(by, name) for name in NAMES]


def invited(by: User, *, starts_at: dt.datetime | None = None, **fields) -> Meeting:
    """A session with one item to which members were invited twenty days ago."""
    starts_at = starts_at or timezone.now() - HOUR / 2
    meeting = make_meeting(by, starts_at=starts_at, **fields)
    agenda.add_item(meeting, text("Radwege", "Cycle paths"), by=by)
    invitations.invite(meeting, at=starts_at - 20 * DAY, by=by)
    return meeting


def opened(by: User, there: list[Membership], **fields) -> tuple[Meeting, AgendaItem]:
    """The same, opened, with the members of `there` in the room."""
    meeting = invited(by, **fields)
    at = meeting.starts_at
    sessions.open_session(meeting, at=at, by=by)
    for membership in there:
        sessions.arrive(meeting, membership, at=at, by=by)
    return meeting, meeting.agenda_items.get(position=1)

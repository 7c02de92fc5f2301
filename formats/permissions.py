"""Who may do what in the formats, in one line each."""

from __future__ import annotations

from formats.models import Body, Meeting
from foundation.accounts.mandates import Actor, holds
from foundation.accounts.models import Role


def can_set_up(user: Actor) -> bool:
    """Make the body, its members and the fields of action."""
    return holds(user, Role.OFFICE) or holds(user, Role.ADMINISTRATOR)


def can_prepare(user: Actor, body: Body) -> bool:
    """Call sessions, write the agenda, invite."""
    return holds(user, Role.OFFICE, body) or holds(user, Role.CHAIR, body)


def can_minute(user: Actor, meeting: Meeting) -> bool:
    """Say that a session was held and what it adopted."""
    return can_prepare(user, meeting.body)


def can_write_visions(user: Actor) -> bool:
    return holds(user, Role.OFFICE)


def can_give_orders(user: Actor) -> bool:
    return holds(user, Role.OFFICE)


def can_run_events(user: Actor) -> bool:
    """Plan, publish and settle events and forums, and see who registered."""
    return holds(user, Role.OFFICE)

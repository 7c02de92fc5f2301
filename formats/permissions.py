"""Who may do what in the formats, in one line each."""

from __future__ import annotations

from formats.models import (
    Body,
    Consultation,
    ConsultationSeat,
    KnowledgeItem,
    Meeting,
    PriorityRound,
    Resolution,
)
from formats.models.visibility import is_inside
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


def can_count_hands(user: Actor, body: Body) -> bool:
    """Two of those who run the session or sit in it count, each on their own."""
    return can_prepare(user, body) or holds(user, Role.DIV_MEMBER, body)


def can_dissent(user: Actor, priority_round: PriorityRound) -> bool:
    """Whoever was on the roll, and the chair or office for somebody who has no device."""
    body = priority_round.meeting.body
    return can_prepare(user, body) or (
        user.is_authenticated and priority_round.has_on_roll(user.pk)
    )


def can_answer_advice(user: Actor) -> bool:
    return holds(user, Role.OFFICE)


def can_read_ideas(user: Actor) -> bool:
    """The inbox, also what was never released."""
    return holds(user, Role.OFFICE)


def can_read_inside(user: Actor, body: Body) -> bool:
    """Read what is for the body and the office: packs, names, internal minutes, open votes."""
    return is_inside(user, body)


def can_follow(user: Actor, resolution: Resolution) -> bool:
    """See an open vote, and give one's own if one has it: members of the body."""
    return is_inside(user, resolution.body)


def can_write_visions(user: Actor) -> bool:
    return holds(user, Role.OFFICE)


def can_give_orders(user: Actor) -> bool:
    return holds(user, Role.OFFICE)


def can_run_events(user: Actor) -> bool:
    """Plan, publish and settle events and forums, and see who registered."""
    return holds(user, Role.OFFICE)


def can_run_learning(user: Actor) -> bool:
    """Set up networks and cohorts, invite, group, draft recommendations; never read the room."""
    return holds(user, Role.OFFICE)


def can_own(user: Actor, item: KnowledgeItem) -> bool:
    """Change, release and withdraw: only whoever wrote it."""
    return item.member is not None and item.member.user_id == user.pk


def can_take_back(user: Actor, item: KnowledgeItem) -> bool:
    """Withdraw: the owner, or the office for a knowledge giver who asks for it."""
    return can_own(user, item) or (item.giver_id is not None and can_run_learning(user))


def can_bring(user: Actor, consultation: Consultation) -> bool:
    """What only the case giver does: ask, take along, release, look back."""
    return consultation.case_giver.user_id == user.pk


def can_help_in(user: Actor, consultation: Consultation, *roles: str) -> bool:
    """Whether `user` has a seat, with one of `roles` when any are named."""
    rows = [row for row in consultation.helpers if row.member.user_id == user.pk]
    return any(not roles or row.role in roles for row in rows)


def can_lead(user: Actor, consultation: Consultation) -> bool:
    """Go on to the next phase: the moderator; while there is none, everybody in it."""
    if any(row.role == ConsultationSeat.Role.MODERATOR for row in consultation.helpers):
        return can_help_in(user, consultation, ConsultationSeat.Role.MODERATOR)
    return can_bring(user, consultation) or can_help_in(user, consultation)


def can_cast(user: Actor, consultation: Consultation) -> bool:
    """Name the roles before the story, and later those that became vacant: everybody in it."""
    if not (can_bring(user, consultation) or can_help_in(user, consultation)):
        return False
    if consultation.phase in (Consultation.Phase.PLANNED, Consultation.Phase.CASTING):
        return True
    return consultation.is_short and consultation.phase != Consultation.Phase.DONE

"""Who may do what about circles, calls and applications, in one line each."""

from __future__ import annotations

from circles.models import (
    Application,
    Call,
    Circle,
    Decision,
    Nomination,
    RoomFile,
    SeatTerm,
    Task,
)
from circles.models.application import READERS
from foundation.accounts.mandates import Actor, holds
from foundation.accounts.models import Mandate, Role, User
from foundation.audit.trail import subject_key


def can_found_circle(user: Actor) -> bool:
    return holds(user, Role.OFFICE)


def can_fill_seats(user: Actor, circle: Circle) -> bool:
    return holds(user, Role.OFFICE, circle)


def can_read_needs(user: Actor, circle: Circle) -> bool:
    """Read what members by lot need to take part well: whoever arranges the meetings."""
    return holds(user, Role.OFFICE, circle)


def can_write_to_members(user: Actor, circle: Circle) -> bool:
    """Write one message to everybody who sits in it: the office, and whoever leads it."""
    return can_host(user, circle)


def is_member(user: Actor, circle: Circle) -> bool:
    """Whether this person sits in the circle now."""
    return (
        isinstance(user, User)
        and SeatTerm.objects.current().held_by(user).filter(seat__circle=circle).exists()
    )


def can_enter_room(user: Actor, circle: Circle) -> bool:
    """The one rule for whatever a circle keeps to itself: its members, who leads it, the office.

    Page, list, search, feed, calendar, mail, export and PDF ask it. Only members take part; the
    office and whoever leads it look after meetings and files.
    """
    return can_host(user, circle) or is_member(user, circle)


def can_host(user: Actor, circle: Circle) -> bool:
    """Look after the room without being a member: call meetings, lead rounds, keep files."""
    return holds(user, Role.OFFICE, circle) or holds(user, Role.CHAIR, circle)


def can_prepare_results(user: Actor) -> bool:
    """Prepare, publish, withhold and answer; that two do, never members, is for the domain."""
    return holds(user, Role.OFFICE)


def can_lead_rounds(user: Actor, decision: Decision) -> bool:
    """Those who lead the circle, and the chosen member; any member where nobody has the chair."""
    if can_host(user, decision.circle):
        return True
    if not isinstance(user, User):
        return False
    seats = SeatTerm.objects.current().held_by(user).filter(seat__circle=decision.circle)
    own = {term.pk for term in seats}
    return decision.facilitator_id in own or (bool(own) and not has_chair(decision.circle))


def has_chair(circle: Circle) -> bool:
    """Whether somebody leads this circle now."""
    subject_type, subject_id = subject_key(circle)
    chairs = Mandate.objects.in_force().filter(role=Role.CHAIR)
    return chairs.filter(subject_type=subject_type, subject_id=subject_id).exists()


def can_write_call(user: Actor, circle: Circle) -> bool:
    return holds(user, Role.OFFICE, circle)


def can_extend_call(user: Actor, call: Call) -> bool:
    """Put its deadline off; that it is open still is checked in the domain."""
    return can_write_call(user, call.circle)


def can_read_applications(user: Actor, call: Call) -> bool:
    return any(holds(user, role, call) for role in READERS)


def can_review_call(user: Actor, call: Call) -> bool:
    """Office and reviewers."""
    return holds(user, Role.REVIEWER, call) or holds(user, Role.OFFICE, call)


def can_review(user: Actor, application: Application) -> bool:
    """Whoever reviews the call; nobody reviews their own application."""
    return can_review_call(user, application.call) and not is_own(application, user)


def can_record_objection(user: Actor, call: Call) -> bool:
    return holds(user, Role.OFFICE, call)


def can_decide_objection(user: Actor, application: Application) -> bool:
    """Whoever may review; that they did not review this one is checked in the domain."""
    return can_review(user, application)


def can_send_notices(user: Actor, call: Call) -> bool:
    """Read what people are told about findings, and let it go."""
    return holds(user, Role.OFFICE, call)


def can_enter_paper(user: Actor, call: Call) -> bool:
    return holds(user, Role.OFFICE, call)


def can_end_paper(user: Actor, application: Application) -> bool:
    """Note that somebody who has no login wants to withdraw or to be erased."""
    return application.is_on_paper and holds(user, Role.OFFICE, application.call)


def can_second_paper_ending(user: Actor, application: Application) -> bool:
    """Confirm what the office has noted: also a reviewer, who may be invited for this call."""
    return application.is_on_paper and can_review(user, application)


def is_own(application: Application, user: Actor) -> bool:
    """Whether it is this person's: by account, by the mailbox they share, or by its address."""
    return user.is_authenticated and (
        user.pk in (application.user_id, application.reached_by_id)
        or application.email.strip().lower() == user.email.lower()
    )


def is_nominee(user: Actor, nomination: Nomination) -> bool:
    return user.is_authenticated and nomination.person_id == user.pk


def can_change_task(user: Actor, task: Task) -> bool:
    """Change, finish, drop and take up again: its owner, who put it down, and the hosts."""
    return can_host(user, task.circle) or _is_one_of(user, task.owner_id, task.by_member_id)


def can_remove_file(user: Actor, found: RoomFile) -> bool:
    """Whoever brought it, and the hosts."""
    return can_host(user, found.circle) or _is_one_of(user, found.by_member_id)


def _is_one_of(user: Actor, *members: int | None) -> bool:
    """Whether this person is one of these members, and still sits in the circle."""
    if not isinstance(user, User):
        return False
    return SeatTerm.objects.current().held_by(user).filter(pk__in=[*filter(None, members)]).exists()

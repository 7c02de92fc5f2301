"""Who may do what about a draw, in one line each."""

from __future__ import annotations

from circles.models import Call
from foundation.accounts.mandates import Actor, holds, holds_any
from foundation.accounts.models import Role


def can_see_draw_desk(user: Actor, call: Call) -> bool:
    return any(
        holds(user, role, call)
        for role in (Role.LOTTERY_OFFICER, Role.OFFICE, Role.AUDITOR, Role.CHAIR)
    ) or holds(user, Role.CHAIR, call.meeting.body)


def can_freeze(user: Actor, call: Call) -> bool:
    return holds(user, Role.LOTTERY_OFFICER, call)


def can_declare(user: Actor, call: Call) -> bool:
    return holds(user, Role.LOTTERY_OFFICER, call)


def can_second(user: Actor, call: Call) -> bool:
    """The second person may come from the office, the chair or the audit; never the proposer."""
    return can_see_draw_desk(user, call)


def can_enter_value(user: Actor, call: Call) -> bool:
    return can_see_draw_desk(user, call)


def can_write_record(user: Actor, call: Call) -> bool:
    """Who leads the session or keeps its entries; whoever only audits looks on."""
    leads = holds(user, Role.CHAIR, call) or holds(user, Role.CHAIR, call.meeting.body)
    return leads or any(holds(user, role, call) for role in (Role.LOTTERY_OFFICER, Role.OFFICE))


def can_ask_again(user: Actor, call: Call) -> bool:
    """Ask somebody who declined or was silent: it takes their telephone number."""
    return holds(user, Role.OFFICE, call)


def can_pass_on(user: Actor, call: Call) -> bool:
    """Let the seat of somebody who declined pass on; never who asked, says the domain."""
    return can_write_record(user, call)


def can_draw(user: Actor, call: Call) -> bool:
    return holds(user, Role.LOTTERY_OFFICER, call)


def can_audit_draws(user: Actor) -> bool:
    """Whether there is anything to audit for this person; which draws, dossiers.open_to says."""
    return holds_any(user, Role.AUDITOR)

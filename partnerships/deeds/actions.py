"""The action plan and what follows from meetings: who does what until when, and what became of it.

The words for the state of a step are those that cities use in their climate plans.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course.participation import demand_own_party
from partnerships.course.standing import demand_active
from partnerships.models import Action, Encounter, Goal, Partnership, Party, Topic

State = Action.State


class OwnerMissing(DomainError):
    """Nobody answers for the step."""


class ActionReasonMissing(DomainError):
    """A step that is given up needs a reason."""


class ForeignPart(DomainError):
    """The goal or meeting belongs to another partnership."""


class FollowUpBeforeMeeting(DomainError):
    """A follow-up cannot be due before the meeting that it follows."""


def plan(
    partnership: Partnership,
    *,
    title: LocalizedText,
    owner: LocalizedText,
    by: User | None,
    action: Action | None = None,
    side: Party | None = None,
    person_name: str = "",
    indicator: LocalizedText | None = None,
    due_on: dt.date | None = None,
    goal: Goal | None = None,
    topic: Topic | None = None,
    encounter: Encounter | None = None,
    is_public: bool = False,
) -> Action:
    """A new step of the plan, or new words and dates for `action`.

    `encounter` makes it a follow-up of that meeting. Raises OwnerMissing, ForeignPart,
    FollowUpBeforeMeeting, ForeignParty, AtRest.
    """
    if not owner:
        raise OwnerMissing(
            "owner-missing",
            _("Name the function that answers for this step, for example an office."),
        )
    if action is None:
        demand_active(partnership)
    if side is not None:
        demand_own_party(partnership, side)
    for part in (goal, encounter):
        if part is not None and part.partnership_id != partnership.pk:
            raise ForeignPart("foreign-part", _("This does not belong to the partnership."))
    if encounter is not None and encounter.on and due_on and due_on < encounter.on:
        raise FollowUpBeforeMeeting(
            "due-before-meeting", _("The date lies before the meeting that this step follows.")
        )
    values = {
        "title": title,
        "owner": owner,
        "side": side,
        "person_name": person_name,
        "indicator": indicator or LocalizedText(),
        "due_on": due_on,
        "goal": goal,
        "topic": topic,
        "encounter": encounter,
        "is_public": is_public,
    }
    with transaction.atomic():
        if action is None:
            action = Action.objects.create(partnership=partnership, **values)
        else:
            Action.objects.filter(pk=action.pk).update(**values)
            action.refresh_from_db()
        trail.record("action.planned", action, by=by, partnership=partnership.pk)
    return action


def put(
    action: Action,
    state: Action.State,
    *,
    by: User | None,
    reason: LocalizedText | None = None,
    on: dt.date | None = None,
) -> None:
    """Say where a step stands; `on` is the day of completion, today if nothing is said.

    Raises ActionReasonMissing, UndeclaredMove.
    """
    if state == State.CANCELLED and not reason:
        raise ActionReasonMissing("reason-missing", _("Say why this step is given up."))
    completed_on = (on or timezone.localdate()) if state == State.COMPLETED else None
    words = reason if state == State.CANCELLED else LocalizedText()
    states.advance(action, state, by=by, completed_on=completed_on, reason=words)

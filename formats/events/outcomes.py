"""The way from a topic in the room to something that stays: project, lab, idea, meeting, advice.

Ticked during the event, made into something afterwards; the event's page then says what came of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.events import events
from formats.models import Contact, Event, Forum, Outcome, Participant
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.deeds import labs, projects
from partnerships.models import Actor, Encounter, Municipality, Topic

Kind = Outcome.Kind
State = Outcome.State


class NoPartnership(DomainError):
    """A joint project or a City Lab needs two cities."""


class ReasonMissing(DomainError):
    """What is not pursued needs a reason."""


class StepUnclear(DomainError):
    """A next step needs somebody who takes it, and a day."""


def raise_topic(
    event: Event,
    title: LocalizedText,
    *,
    by: User | None,
    topic: Topic | None = None,
    more_events: Iterable[Event] = (),
) -> Outcome:
    """Tick a topic that was raised while people talked."""
    with transaction.atomic():
        made = Outcome.objects.create(title=title, topic=topic)
        made.events.set([event, *more_events])
        trail.record("outcome.raised", made, by=by, event=event.pk)
    return made


def make(
    outcome: Outcome,
    kind: Kind | str,
    *,
    by: User | None,
    event: Event,
    text: LocalizedText | None = None,
    forum: Forum | None = None,
    handed_to: str = "",
) -> Outcome:
    """The topic becomes something in its partnership or forum. Raises NoPartnership."""
    kind = Kind(kind)
    if kind in {Kind.JOINT_PROJECT, Kind.CITY_LAB} and event.partnership is None:
        raise NoPartnership(
            "no-partnership",
            _("The event belongs to no partnership, so nobody could carry this. "
              "Name the partnership at the event first, or keep it as an idea."),
        )  # fmt: skip
    with transaction.atomic():
        states.advance(
            outcome,
            State.MADE,
            by=by,
            kind=kind,
            text=text or LocalizedText(),
            forum=forum or event.forum,
            handed_to=handed_to,
            **_made(outcome, kind, event, by),
        )
    outcome.refresh_from_db()
    return outcome


def drop(outcome: Outcome, reason: LocalizedText, *, by: User | None) -> None:
    """Nobody pursues it; the reason is kept. Raises ReasonMissing."""
    if not reason:
        raise ReasonMissing("reason-missing", _("Say why this is not pursued."))
    states.advance(outcome, State.DROPPED, by=by, reason=reason)


def take_up(outcome: Outcome, *, by: User | None) -> None:
    """It is an open topic again."""
    states.advance(outcome, State.RAISED, by=by)


def bring(
    event: Event,
    *,
    sector: Actor.Sector | str,
    by: User | None,
    actor: Actor | None = None,
    function: LocalizedText | None = None,
    delegation: str = "",
    number: int = 1,
    is_key_actor: bool = False,
    presence: Participant.Presence | str = Participant.Presence.INVITED,
) -> Participant:
    """An organisation or function on the list of an event, in its delegation."""
    with transaction.atomic():
        made = Participant.objects.create(
            event=event,
            actor=actor,
            function=function or LocalizedText(),
            sector=actor.sector if actor else sector,
            delegation=delegation,
            number=number,
            is_key_actor=is_key_actor,
            presence=presence,
        )
        trail.record("event.participant", event, by=by, participant=made.pk)
    return made


def meet(
    event: Event,
    *,
    by: User | None,
    actor: Actor | None = None,
    name: str = "",
    kind: Actor.Kind | str = Actor.Kind.OTHER,
    city: Municipality | None = None,
    note: LocalizedText | None = None,
    follow_up: str = "",
    owner: str = "",
    due_on: dt.date | None = None,
) -> Contact:
    """Whom somebody met, and the next step with owner and day. Raises StepUnclear."""
    if follow_up and not (owner and due_on):
        raise StepUnclear("step-unclear", _("A next step needs somebody who takes it, and a day."))
    with transaction.atomic():
        made = Contact.objects.create(
            event=event,
            actor=actor,
            name="" if actor else name,
            kind=actor.kind if actor else kind,
            city=actor.municipality if actor else city,
            note=note or LocalizedText(),
            follow_up=follow_up,
            owner=owner,
            due_on=due_on,
        )
        trail.record("event.contact", event, by=by, contact=made.pk)
    return made


def finish_step(contact: Contact, *, by: User | None) -> None:
    """The next step is done; the second time nothing happens."""
    with transaction.atomic():
        open_step = Contact.objects.filter(pk=contact.pk, done_at=None).exclude(follow_up="")
        if open_step.update(done_at=timezone.now()):
            trail.record("event.step-done", contact.event, by=by, contact=contact.pk)


def _made(outcome: Outcome, kind: Kind, event: Event, by: User | None) -> dict[str, Any]:
    """What the outcome points at afterwards."""
    pair = event.partnership
    if kind in {Kind.JOINT_PROJECT, Kind.PROJECT_IDEA} and pair is not None:
        encounter = Encounter.objects.filter(
            subject_type=event._meta.label_lower, subject_id=str(event.pk)
        ).first()
        project = projects.catch_idea(pair, title=outcome.title, encounter=encounter, by=by)
        if kind == Kind.JOINT_PROJECT:
            projects.put(project, projects.State.PLANNED, by=by)
        return {"project": project}
    if kind == Kind.CITY_LAB and pair is not None:
        topics = [outcome.topic] if outcome.topic else []
        return {"lab": labs.describe(pair, name=outcome.title, topics=topics, by=by)}
    if kind == Kind.NEXT_MEETING:
        following = events.plan(
            kind=Event.Kind.MEETING, title=outcome.title, by=by, predecessor=event,
            partnership=pair, forum=event.forum, is_demo=event.is_demo, precision="unknown",
        )  # fmt: skip
        return {"next_event": following}
    return {}

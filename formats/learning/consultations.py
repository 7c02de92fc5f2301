"""A peer consultation from the case to what its giver takes along, through six timed phases."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.learning import check_backs
from formats.learning.members import demand_open
from formats.models import (
    Advice,
    CohortMember,
    Consultation,
    ConsultationSeat,
    LearningSession,
    Openness,
)
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from partnerships.models import Topic

Phase = Consultation.Phase
Role = ConsultationSeat.Role
ORDER = tuple(Phase)
# Minutes. The story and the advice take ten at most, as the method has it; the rest is ours.
MINUTES = {
    Phase.CASTING: 5,
    Phase.STORY: 10,
    Phase.KEY_QUESTION: 5,
    Phase.METHOD: 5,
    Phase.ADVICE: 10,
    Phase.CLOSING: 5,
}


class RolesMissing(DomainError):
    """A consultation begins with a moderator, a note taker and advisers."""


class QuestionMissing(DomainError):
    """Advice needs a key question."""


class NotInThisPhase(DomainError):
    """The step belongs to another phase."""


class SeatTaken(DomainError):
    """One person has one seat, and nobody helps in their own case."""


class NotFinished(DomainError):
    """Only the result of a finished consultation can be released."""


def bring_case(
    member: CohortMember,
    *,
    title: str,
    situation: str,
    by: User,
    tried: str = "",
    key_question: str = "",
    topic: Topic | None = None,
    session: LearningSession | None = None,
) -> Consultation:
    """A question of one's own organisation; the people of one's group are its advisers."""
    demand_open(member.cohort)
    with transaction.atomic():
        made = Consultation.objects.create(
            cohort=member.cohort, case_giver=member, title=title, situation=situation, tried=tried,
            key_question=key_question, topic=topic, session=session,
        )  # fmt: skip
        if member.group_id is not None:
            others = CohortMember.objects.joined().filter(group=member.group_id)
            ConsultationSeat.objects.bulk_create(
                ConsultationSeat(consultation=made, member=each)
                for each in others.exclude(pk=member.pk)
            )
        trail.record("consultation.brought", made, by=by)
    return made


def cast(
    consultation: Consultation,
    *,
    moderator: CohortMember,
    note_taker: CohortMember,
    advisers: list[CohortMember],
    by: User,
) -> None:
    """Who moderates, takes notes and advises; later only when somebody of them has left.

    Raises SeatTaken, NotInThisPhase.
    """
    if not consultation.is_short or consultation.phase == Phase.DONE:
        _demand_phase(consultation, Phase.PLANNED, Phase.CASTING)
    named = {moderator.pk, note_taker.pk}
    if len(named) < 2 or consultation.case_giver_id in named:
        raise _taken()
    rows = [(moderator, Role.MODERATOR), (note_taker, Role.NOTE_TAKER)]
    rows += [(each, Role.ADVISER) for each in advisers if each.pk not in named]
    try:
        with transaction.atomic():
            consultation.seats.all().delete()
            for member, role in rows:
                ConsultationSeat.objects.create(consultation=consultation, member=member, role=role)
            trail.record("consultation.cast", consultation, by=by, seats=len(rows))
    except IntegrityError as error:
        raise _taken() from error


def go_on(consultation: Consultation, *, by: User) -> None:
    """Into the next phase; its clock begins. Raises RolesMissing, QuestionMissing."""
    now = timezone.now()
    following = ORDER[ORDER.index(Phase(consultation.phase)) + 1 :]
    if not following:
        raise NotInThisPhase("finished", _("This consultation is finished."))
    target = following[0]
    if target == Phase.STORY and consultation.is_short:
        raise RolesMissing(
            "roles-missing",
            _("Name a moderator, a note taker and at least one adviser, then go on."),
        )
    if target == Phase.METHOD and not consultation.key_question:
        raise QuestionMissing(
            "question-missing", _("Write down the key question, then go on to the method.")
        )
    if target != Phase.DONE:
        states.advance(consultation, target, by=by, field="phase", phase_began_at=now)
        return
    with transaction.atomic():
        states.advance(consultation, target, by=by, field="phase", phase_began_at=now, done_at=now)
        check_backs.order(consultation)


def ends_at(consultation: Consultation) -> dt.datetime | None:
    """When the time of the current phase is over; None outside the six phases."""
    minutes = MINUTES.get(Phase(consultation.phase))
    if minutes is None or consultation.phase_began_at is None:
        return None
    return consultation.phase_began_at + dt.timedelta(minutes=minutes)


def ask(consultation: Consultation, key_question: str, *, by: User) -> None:
    """The key question of the case giver, until advice begins. Raises NotInThisPhase."""
    _demand_phase(
        consultation, Phase.PLANNED, Phase.CASTING, Phase.STORY, Phase.KEY_QUESTION, Phase.METHOD
    )
    _write(consultation, "consultation.asked", by, key_question=key_question)


def choose_method(consultation: Consultation, method: str, *, by: User) -> None:
    """How the advisers advise. Raises NotInThisPhase."""
    _demand_phase(consultation, Phase.METHOD)
    _write(consultation, "consultation.method", by, method=method)


def note(consultation: Consultation, text: str, *, by: User) -> Advice:
    """Write down one contribution, for the case giver. Raises NotInThisPhase."""
    _demand_phase(consultation, Phase.ADVICE)
    with transaction.atomic():
        made = Advice.objects.create(consultation=consultation, text=text.strip())
        trail.record("consultation.advice", consultation, by=by, advice=made.pk)
    return made


def take_along(consultation: Consultation, takeaway: str, *, helpful: set[int], by: User) -> None:
    """What the case giver takes along, and which advice helps. Raises NotInThisPhase."""
    _demand_phase(consultation, Phase.CLOSING, Phase.DONE)
    with transaction.atomic():
        consultation.advice.update(helps=False)
        consultation.advice.filter(pk__in=helpful).update(helps=True)
        _write(consultation, "consultation.takeaway", by, takeaway=takeaway)


def release(consultation: Consultation, openness: str, *, by: User) -> None:
    """How far question and result may go; only the case giver asks for it. Raises NotFinished."""
    if consultation.phase != Phase.DONE and openness != Openness.OWNER:
        raise NotFinished(
            "not-finished", _("The result can be released once the consultation is finished.")
        )
    _write(consultation, "consultation.released", by, openness=openness)


def look_back(consultation: Consultation, words: str, *, by: User) -> None:
    """What became of it, some weeks later. Raises NotInThisPhase."""
    _demand_phase(consultation, Phase.DONE)
    _write(
        consultation, "consultation.looked-back", by, check_back=words,
        checked_back_at=timezone.now(),
    )  # fmt: skip


def _write(consultation: Consultation, verb: str, by: User, **fields: object) -> None:
    with transaction.atomic():
        Consultation.objects.filter(pk=consultation.pk).update(**fields)
        trail.record(verb, consultation, by=by)
    consultation.refresh_from_db()


def _demand_phase(consultation: Consultation, *phases: Phase) -> None:
    if consultation.phase not in phases:
        raise NotInThisPhase(
            "not-in-this-phase",
            _("This belongs to another phase. Reload the page to see where things stand."),
        )


def _taken() -> SeatTaken:
    return SeatTaken(
        "seat-taken",
        _("Moderation and notes need two different people, and neither is the case giver."),
    )

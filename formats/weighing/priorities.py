"""Prioritising in the D.I.V.: topics are put to a vote, reasons go with the result, and the office
answers the advice topic by topic.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import (
    Dissent,
    Idea,
    Meeting,
    Membership,
    Poll,
    PriorityRound,
    PriorityTopic,
    Vision,
    Voter,
)
from formats.sittings import meetings
from formats.weighing import ballots, passes
from formats.weighing.ballot_rules import Line
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText


class RoundRefused(DomainError):
    """This is not possible with this prioritisation now."""


@dataclasses.dataclass(frozen=True)
class Proposed:
    """A topic to be weighed: its words, and the vision or idea behind it."""

    title: LocalizedText
    vision: Vision | None = None
    idea: Idea | None = None


@dataclasses.dataclass(frozen=True)
class Weighed:
    """A topic with its line of the result."""

    topic: PriorityTopic
    line: Line


def set_up(
    meeting: Meeting,
    *,
    title: LocalizedText,
    question: LocalizedText,
    topics: Sequence[Proposed],
    method: str,
    way: str,
    budget: int,
    most: int,
    electorate: str = PriorityRound.Electorate.MEMBERS,
    closes_at: dt.datetime | None = None,
    by: User,
) -> PriorityRound:
    """Prepare a prioritisation for a session; nobody can vote yet. Raises RoundRefused."""
    if meeting.state == Meeting.State.CANCELLED:
        raise RoundRefused("meeting-cancelled", _("This session was cancelled. Choose another."))
    if len(topics) < 2:
        raise RoundRefused("too-few-topics", _("Weighing needs at least two topics."))
    if any(topic.idea is not None and topic.idea.released_at is None for topic in topics):
        raise RoundRefused(
            "idea-not-public", _("An idea is weighed in public words. The office shows it first.")
        )
    with transaction.atomic():
        poll = ballots.prepare(
            [topic.title for topic in topics],
            method=method,
            way=way,
            budget=budget,
            most=most,
            closes_at=closes_at,
            by=by,
        )
        made = PriorityRound.objects.create(
            meeting=meeting, title=title, question=question, electorate=electorate, poll=poll
        )
        ballots.attach(poll, made)
        PriorityTopic.objects.bulk_create(
            PriorityTopic(round=made, option=option, vision=topic.vision, idea=topic.idea)
            for option, topic in zip(poll.options.all(), topics, strict=True)
        )
        trail.record("priorities.set-up", made, by=by, meeting=meeting.pk, topics=len(topics))
        call_members(made)
    return made


def call_members(priority_round: PriorityRound) -> None:
    """Bring the roll of a vote of members up to date: one line for each vote that the body has."""
    if priority_round.electorate != PriorityRound.Electorate.MEMBERS:
        return
    people = {person: seat.on_behalf_of for seat, person in _speakers(priority_round.meeting)}
    ballots.enrol(priority_round.poll, people)


def _speakers(meeting: Meeting) -> Iterator[tuple[Membership, User]]:
    """Each vote of the body, and who gives it: the member.

    While the member is away from the open session a deputy who is in the room gives it instead.
    Opening the vote fixes the roll: whoever comes or goes later changes nothing in it.
    """
    seats = meetings.members_on(meeting.body, timezone.localdate()).with_vote()  # type: ignore[attr-defined]
    stays = meeting.attendances.filter(left_at=None, votes=True).select_related("membership__user")
    in_the_room = {stay.seat_id: stay.membership.user for stay in stays}
    for seat in seats.select_related("user"):
        person = in_the_room.get(seat.pk) or seat.user
        if person is not None and person.is_active:
            yield seat, person


def open_round(priority_round: PriorityRound, *, by: User) -> None:
    """Let people vote from now on; the roll is that of this moment."""
    with transaction.atomic():
        call_members(priority_round)
        ballots.open_vote(priority_round.poll, by=by)


def print_cards(priority_round: PriorityRound, *, guests: int, by: User) -> list[passes.Card]:
    """One card for each member on the roll, or `guests` cards for the room."""
    with transaction.atomic():
        call_members(priority_round)
        is_room = priority_round.electorate == PriorityRound.Electorate.ROOM
        return passes.print_cards(priority_round.poll, guests=guests if is_room else 0, by=by)


def voter_of(priority_round: PriorityRound, user: User) -> Voter | None:
    """The place of this person on the roll, if they have one."""
    return Voter.objects.filter(poll=priority_round.poll_id, user=user).first()


def result_of(priority_round: PriorityRound) -> list[Weighed]:
    """Topics from the most to the least important; nothing before the vote is closed."""
    topics = {
        str(topic.option_id): topic
        for topic in priority_round.topics.select_related(
            "option", "vision", "idea"
        ).prefetch_related("dissents")
    }
    lines = ballots.result_of(priority_round.poll)
    return [Weighed(topics[line.option], line) for line in lines]


def explain(topic: PriorityTopic, reason: LocalizedText, *, by: User) -> None:
    """Note why the topic came out as it did, as it was said in the session."""
    with transaction.atomic():
        _demand_closed(topic)
        PriorityTopic.objects.filter(pk=topic.pk).update(reason=reason)
        trail.record("priorities.explained", topic, by=by)
    topic.reason = reason


def dissent(topic: PriorityTopic, words: str, *, for_whom: str, by: User) -> Dissent:
    """Add a minority's reason; it stands beside the result for good."""
    with transaction.atomic():
        _demand_closed(topic)
        made = Dissent.objects.create(topic=topic, words=words, for_whom=for_whom, written_by=by)
        trail.record("priorities.dissent", topic, by=by, dissent=made.pk)
    return made


def answer(
    topic: PriorityTopic,
    outcome: str,
    reason: LocalizedText,
    *,
    vision: Vision | None = None,
    by: User,
) -> None:
    """The office says what it makes of the advice, with its reason; a later answer replaces it.

    `vision` is where an adopted topic goes on. Raises RoundRefused.
    """
    if not reason:
        raise RoundRefused("reason-missing", _("Please write why; everybody can read it."))
    with transaction.atomic():
        _demand_closed(topic)
        fields = {
            "answer": outcome,
            "answer_reason": reason,
            "answered_at": timezone.now(),
            "vision": vision or topic.vision,
        }
        PriorityTopic.objects.filter(pk=topic.pk).update(**fields)
        trail.record("priorities.answered", topic, by=by, outcome=outcome)
    topic.refresh_from_db()


def unanswered() -> QuerySet[PriorityTopic]:
    """Topics of closed votes that the office has not answered yet."""
    return PriorityTopic.objects.filter(round__poll__state=Poll.State.CLOSED, answer="")


def _demand_closed(topic: PriorityTopic) -> None:
    if not topic.round.poll.is_closed:
        raise RoundRefused(
            "vote-not-closed", _("The vote is not closed yet; its result is nobody's so far.")
        )

"""Small makers for decisions: each walks the same doors as the pages do."""

from __future__ import annotations

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction

from circles.deciding import decisions, minority, rounds, voices, votes
from circles.deciding.rules import DEFAULT, Settings
from circles.models import (
    Circle,
    ConsentRound,
    Decision,
    MajorityVote,
    Proposal,
    ProposalVersion,
)
from circles.seating import memberships
from circles.seating.memberships import members_of
from foundation.accounts.models import User
from foundation.errors import DomainError

HARM, LIFT = "Zu hell für Tiere.", "Warmes Licht nach 22 Uhr."


def people_of(circle: Circle) -> list[User]:
    """Who sits in it, by seat."""
    return [term.person for term in members_of(circle) if term.person]


def open_round(decision: Decision) -> ConsentRound:
    return decision.rounds.exclude(phase="closed").get()


def to_voices(decision: Decision, by: User) -> ConsentRound:
    """Through questions and opinions, so that voices are asked for."""
    current = open_round(decision)
    for step in ("questions", "first", "second"):
        rounds.move_on(current, seen=step, by=by)
    current.refresh_from_db()
    return current


def speak(current: ConsentRound, people: list[User], *, objecting: int = 0) -> None:
    """The first `objecting` of `people` object, all others consent."""
    for number, person in enumerate(people):
        if number < objecting:
            voices.give(current, "objection", harm=HARM, lift=LIFT, by=person)
        else:
            voices.give(current, "consent", by=person)


def hold_round(decision: Decision, by: User, *, objecting: int = 0) -> ConsentRound:
    """Lead the open round to its end with everybody's voice."""
    current = to_voices(decision, by)
    speak(current, people_of(decision.circle), objecting=objecting)
    closed = rounds.close(current, by=by)
    decision.refresh_from_db()
    return closed


def adopt_rules(circle: Circle, by: User, settings: Settings = DEFAULT) -> Decision:
    decision = decisions.begin_rules(circle, settings=settings, by=by)
    hold_round(decision, by)
    return decision


def begin_other(circle: Circle, by: User, title: str = "Licht am Weg") -> Decision:
    return decisions.begin(circle, title=title, wording=f"{title}: warmes Licht.", by=by)


def keep_version(circle: Circle) -> ProposalVersion:
    """The next version of the proposal, as its own room would keep it."""
    proposal, _ = Proposal.objects.get_or_create(circle=circle)
    n = proposal.versions.count() + 1
    content = b'{"sections":[],"sources":[],"title":{"de":"Warmes Licht"}}'
    return ProposalVersion.objects.create(
        proposal=proposal, n=n, content=content, sha256=hashlib.sha256(content).hexdigest()
    )


def fail_rounds(decision: Decision, by: User, *, times: int = 2) -> None:
    """As many closed rounds with one standing objection, each with new words."""
    for number in range(times):
        if number:
            rounds.open_next(
                decision,
                wording=f"{decision.wording} Fassung {number + 1}.",
                integration="Wärmer.",
                by=by,
            )
            decision.refresh_from_db()
        hold_round(decision, by, objecting=1)


def open_vote(decision: Decision, by: User, *, is_secret: bool = False) -> MajorityVote:
    """Moved by the second member, opened by `by`."""
    vote = votes.move(decision, is_secret=is_secret, by=people_of(decision.circle)[1])
    votes.open_vote(vote, by=by)
    vote.refresh_from_db()
    decision.refresh_from_db()
    return vote


def vote_all(
    vote: MajorityVote, people: list[User], *, yes: int, no: int, abstain: int = 0
) -> None:
    choices = [vote.YES] * yes + [vote.NO] * no + [vote.ABSTAIN] * abstain
    for person, choice in zip(people, choices, strict=True):
        votes.cast(vote, choice, by=person)


def decided_by_vote(circle: Circle, by: User, *, yes: int = 6, no: int = 4) -> Decision:
    """Adopted or rejected by majority after two failed rounds, with a minority statement."""
    decision = begin_other(circle, by)
    fail_rounds(decision, by)
    vote = open_vote(decision, by)
    people = people_of(circle)
    vote_all(vote, people, yes=yes, no=no)
    votes.close(vote, by=by)
    vote.refresh_from_db()
    loser = people[-1] if vote.is_won else people[0]
    minority.add(vote, text="Wir hätten gern gewartet.", by=loser)
    decision.refresh_from_db()
    return decision


def leave(person) -> None:
    memberships.give_back(person.seats.latest("pk"), by=person)


def broken(sql: str, *values) -> str:
    """What the database says to `sql`, which it must refuse."""
    with (
        pytest.raises(IntegrityError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT set_config('stadtbruecke.advance', 'on', true)")
        cursor.execute(sql, values)
    return str(refusal.value).partition(":")[0]


def refused(act, code: str) -> str:
    """The sentence of the refusal with this code."""
    with pytest.raises(DomainError) as refusal, transaction.atomic():
        act()
    assert refusal.value.code == code
    return refusal.value.message

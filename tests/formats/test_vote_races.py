"""Many at once: no ballot lost, none doubled, none late; and how it fails unconstrained."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from formats.models import Ballot, Poll, PriorityRound, Voter
from formats.weighing import ballots, passes
from tests.formats.voting import make_round, marks
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def make_room(otto, number: int) -> tuple[PriorityRound, list[Voter]]:
    """An open vote of a room with so many cards."""
    round_ = make_round(otto, opened=False, electorate=PriorityRound.Electorate.ROOM)
    passes.print_cards(round_.poll, guests=number, by=otto)
    ballots.open_vote(round_.poll, by=otto)
    return round_, list(round_.poll.voters.all())


@pytest.mark.req("R98")
def test_eight_devices_with_one_card_are_one_ballot(otto):
    round_, voters = make_room(otto, 6)

    at_once(
        *[
            lambda v=voter, n=n: ballots.cast(v, marks(round_, 1 + n % 3, 0, 0))
            for voter in voters
            for n in range(8)
        ]
    )
    ballots.close(round_.poll, by=otto)

    assert Ballot.objects.filter(poll=round_.poll).count() == 6
    assert round_.poll.counted == 6


def test_without_the_constraint_ballots_double(otto):
    """The negative control: it is the constraint that keeps the count honest.

    A race is no certainty: rooms full of people vote until it happens, mostly in the first one.
    """
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE formats_ballot DROP CONSTRAINT ballot_one_each")
    try:
        assert any(_doubles_in_a_room(otto) for _room in range(20))
    finally:
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("SELECT set_config('stadtbruecke.counting', 'on', true)")
            cursor.execute("DELETE FROM formats_ballot")
            cursor.execute(
                "ALTER TABLE formats_ballot ADD CONSTRAINT ballot_one_each UNIQUE (voter_id)"
            )


def _doubles_in_a_room(otto) -> bool:
    """Whether more ballots than voters came; then counting must have refused them."""
    round_, voters = make_room(otto, 6)
    at_once(
        *(
            lambda v=voter, n=n: ballots.cast(v, marks(round_, 1 + n % 3, 0, 0))
            for voter in voters
            for n in range(8)
        )
    )
    if Ballot.objects.filter(poll=round_.poll).count() == len(voters):
        return False
    with pytest.raises(ballots.Miscounted):
        ballots.close(round_.poll, by=otto)
    return True


@pytest.mark.parametrize("again", range(5))
def test_closing_while_people_vote_loses_none_and_takes_none_late(otto, again):
    round_, voters = make_room(otto, 40)
    told, refused = set(), set()
    seen = threading.Lock()

    def vote(voter: Voter):
        try:
            ballots.cast(voter, marks(round_, 1, 0, 0))
        except ballots.VoteRefused:
            with seen:
                refused.add(voter.pk)
            return
        with seen:
            told.add(voter.pk)

    closing = Poll.objects.get(pk=round_.poll_id)
    at_once(
        *[lambda v=voter: vote(v) for voter in voters[:20]],
        lambda: ballots.close(closing, by=otto),
        *[lambda v=voter: vote(v) for voter in voters[20:]],
    )

    assert told | refused == {voter.pk for voter in voters}
    assert set(Voter.objects.filter(has_voted=True).values_list("pk", flat=True)) == told
    assert closing.counted == len(told) == Ballot.objects.filter(poll=round_.poll).count()
    lines = ballots.result_of(closing)
    assert sum(line.points for line in lines) == len(told)


def test_two_closings_at_once_count_once(otto):
    round_, voters = make_room(otto, 3)
    for voter in voters:
        ballots.cast(voter, marks(round_, 1, 0, 0))
    closed = []

    def close():
        poll = Poll.objects.get(pk=round_.poll_id)
        try:
            ballots.close(poll, by=otto)
        except ballots.states.SomebodyWasFaster:
            return
        except ballots.states.UndeclaredMove:
            return
        closed.append(poll.counted)

    at_once(*[close] * 6)

    assert closed == [3]

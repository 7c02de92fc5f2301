"""Many decide at once: no voice and no ballot is lost, none counts twice, one closing wins."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from circles.deciding import rounds, voices, votes
from circles.models import ConsentPlace, ConsentRound, ConsentVoice
from formats.models import Ballot
from foundation import states
from foundation.errors import DomainError
from tests.circles.deciding import (
    adopt_rules,
    begin_other,
    fail_rounds,
    open_vote,
    people_of,
    speak,
    to_voices,
)
from tests.circles.factories import circle_at_work
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def circle(otto):
    made = circle_at_work(otto)
    adopt_rules(made, otto)
    return made


def tried(act, outcomes: list[str]) -> None:
    """Note what came of it: the code of a refusal, or done."""
    try:
        act()
    except DomainError as refusal:
        outcomes.append(refusal.code)
    else:
        outcomes.append("done")


def test_ten_ballots_and_their_corrections_at_once_are_ten(circle, otto):
    decision = begin_other(circle, otto)
    fail_rounds(decision, otto)
    vote = open_vote(decision, otto)
    people = people_of(circle)
    outcomes: list[str] = []
    at_once(*[
        lambda p=person, c=choice: tried(lambda: votes.cast(vote, c, by=p), outcomes)
        for person in people for choice in (vote.YES, vote.NO)
    ])  # fmt: skip

    assert outcomes == ["done"] * 20
    assert Ballot.objects.filter(poll=vote.poll).count() == 10
    votes.close(vote, by=otto)
    vote.refresh_from_db()
    assert vote.ballots == 10


def test_closing_while_the_last_one_votes_counts_every_ballot_that_was_promised(circle, otto, vera):
    decision = begin_other(circle, otto)
    fail_rounds(decision, otto)
    vote = open_vote(decision, otto)
    people = people_of(circle)
    for person in people[:9]:
        votes.cast(vote, vote.YES, by=person)
    cast: list[str] = []
    closed: list[str] = []
    at_once(
        lambda: tried(lambda: votes.cast(vote, vote.NO, by=people[9]), cast),
        *[lambda p=person: tried(lambda: votes.cast(vote, vote.NO, by=p), cast)
          for person in people[:4]],
        *[lambda w=who: tried(lambda: votes.close(vote, by=w), closed) for who in (otto, vera)],
    )  # fmt: skip

    if "done" not in closed:  # both were faster than the last ballot
        assert set(closed) == {"promised-until"}
        votes.close(vote, by=otto)
        closed.append("done")
    vote.refresh_from_db()
    assert closed.count("done") == 1
    assert vote.ballots == 10
    assert vote.no == cast.count("done")
    assert set(cast) <= {"done", "vote-closed"}


def test_voices_at_once_count_once_each_and_the_newest_wins(circle, otto):
    current = to_voices(begin_other(circle, otto), otto)
    people = people_of(circle)
    outcomes: list[str] = []
    at_once(*[
        lambda p=person, k=kind: tried(
            lambda: voices.give(current, k, concern="Kosten." if k == "concern" else "", by=p),
            outcomes,
        )
        for person in people for kind in ("consent", "concern")
    ])  # fmt: skip

    assert outcomes == ["done"] * 20
    assert ConsentVoice.objects.filter(place__round=current).count() == 20
    rounds.close(current, by=otto)
    current.refresh_from_db()
    assert current.voices == 10


def test_closing_a_round_while_members_speak_loses_and_doubles_nothing(circle, otto, vera):
    current = to_voices(begin_other(circle, otto), otto)
    people = people_of(circle)
    speak(current, people)
    spoken: list[str] = []
    closed: list[str] = []
    at_once(
        *[lambda p=person: tried(
            lambda: voices.give(current, "concern", concern="Kosten.", by=p), spoken)
          for person in people[:6]],
        *[lambda w=who: tried(lambda: rounds.close(current, by=w), closed)
          for who in (otto, vera)],
    )  # fmt: skip

    current.refresh_from_db()
    assert sorted(closed) == ["done", "round-closed"]
    assert current.concerns == spoken.count("done")
    assert (current.consents + current.concerns, current.objections) == (10, 0)
    assert set(spoken) <= {"done", "voices-not-asked"}


def test_two_who_lead_move_a_round_on_once(circle, otto, vera):
    current = begin_other(circle, otto).rounds.get()
    outcomes: list[str] = []
    at_once(*[
        lambda w=who: tried(lambda: rounds.move_on(current, seen="questions", by=w), outcomes)
        for who in (otto, vera)
    ])  # fmt: skip
    current.refresh_from_db()
    assert (sorted(outcomes), current.phase) == (["done", "moved-on"], "first")


def test_two_motions_at_once_are_one(circle, otto):
    decision = begin_other(circle, otto)
    fail_rounds(decision, otto)
    people = people_of(circle)
    outcomes: list[str] = []
    at_once(*[
        lambda p=person: tried(lambda: votes.move(decision, by=p), outcomes)
        for person in people[:4]
    ])  # fmt: skip
    assert sorted(outcomes) == ["done", "not-now", "not-now", "not-now"]
    assert decision.votes.count() == 1


def test_without_the_lock_a_late_voice_would_be_lost(circle, otto):
    """Negative control: who counts first and closes later, without lock and trigger, is wrong."""
    current = to_voices(begin_other(circle, otto), otto)
    people = people_of(circle)
    speak(current, people)
    counted = len(rounds.standings_of(current))
    voices.give(current, "objection", harm="Spät.", lift="Früher.", by=people[0])
    figures = {"consents": counted, "concerns": 0, "objections": 0, "absent": 0}
    now = current.consent_until
    with pytest.raises(IntegrityError, match="round-is-counted"), transaction.atomic():
        states.advance(current, "closed", by=otto, field="phase", closed_at=now, **figures)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE circles_consentround DISABLE TRIGGER round_by_the_rules")
        states.advance(current, "closed", by=otto, field="phase", closed_at=now, **figures)
        cursor.execute("ALTER TABLE circles_consentround ENABLE TRIGGER round_by_the_rules")

    wrong = ConsentRound.objects.get(pk=current.pk)
    standing = [each.kind for each in rounds.standings_of(wrong)]
    assert (wrong.objections, standing.count("objection")) == (0, 1)


def test_without_the_constraint_two_voices_would_be_the_first(circle, otto):
    """Negative control: the number of a voice is what keeps two from being the newest."""
    current = to_voices(begin_other(circle, otto), otto)
    place = ConsentPlace.objects.filter(round=current).first()
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE circles_consentvoice DROP CONSTRAINT consent_voice_number_once;"
            "ALTER TABLE circles_consentvoice DISABLE TRIGGER voice_by_the_rules"
        )
    try:
        for kind in ("consent", "absent"):
            ConsentVoice.objects.create(place=place, n=1, kind=kind)
        assert place.voices.filter(n=1).count() == 2
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE circles_consentvoice DISABLE TRIGGER ALL;"
                "DELETE FROM circles_consentvoice;"
                "ALTER TABLE circles_consentvoice ENABLE TRIGGER ALL;"
                "ALTER TABLE circles_consentvoice ADD CONSTRAINT consent_voice_number_once"
                " UNIQUE (place_id, n)"
            )

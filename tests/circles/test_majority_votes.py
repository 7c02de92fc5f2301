"""A majority only after consent failed on record: motion, roll, ballots, quorum, minority."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from circles.deciding import decisions, minority, rounds, rules, votes
from circles.deciding.rules import Settings
from circles.models import Circle, MajorityVote, VotePlace
from circles.seating import memberships
from config.demo.past import days_ago
from formats.models import Ballot, Poll
from formats.weighing import ballots
from foundation.audit.models import Entry
from tests.circles.deciding import (
    adopt_rules,
    begin_other,
    broken,
    decided_by_vote,
    fail_rounds,
    hold_round,
    leave,
    open_vote,
    people_of,
    refused,
    vote_all,
)
from tests.circles.factories import circle_at_work, seat_by_body
from tests.conftest import player

pytestmark = pytest.mark.usefixtures("failed_ground")


@pytest.fixture(scope="module")
def failed_ground(ground):
    """Ten members, rules, and a matter with two rounds that left an objection."""
    otto = player("Otto")
    circle = circle_at_work(otto)
    adopt_rules(circle, otto)
    decision = begin_other(circle, otto)
    fail_rounds(decision, otto)
    return circle.pk


@pytest.fixture
def circle(failed_ground):
    return Circle.objects.get(pk=failed_ground)


@pytest.fixture
def people(circle):
    return people_of(circle)


@pytest.fixture
def decision(circle):
    return circle.decisions.get(n=2)


def state_of(decision) -> str:
    decision.refresh_from_db()
    return decision.state


# Consent first


@pytest.mark.req("R127")
def test_no_vote_before_as_many_failed_rounds_as_the_rules_say(circle, otto, people):
    fresh = begin_other(circle, otto, "Bänke")
    said = refused(lambda: votes.move(fresh, by=people[0]), "round-open")
    assert said.startswith("A consent round is under way.")
    fail_rounds(fresh, otto, times=1)
    said = refused(lambda: votes.move(fresh, by=people[0]), "consent-first")
    assert said == (
        "Consent comes first: a vote can be moved after 2 closed consent rounds that left a "
        "serious objection, the last one to these words. Until now it was 1 round."
    )
    rounds.open_next(fresh, wording="Neu.", integration="Anders.", by=otto)
    hold_round(fresh, otto, objecting=1)
    vote = votes.move(fresh, by=people[0])
    assert (vote.rounds_held, vote.rounds_needed, vote.quorum) == (2, 2, 8)
    assert state_of(fresh) == "voting"


@pytest.mark.req("R127")
def test_the_database_knows_the_two_step_rule(circle, decision, otto, people):
    fresh = begin_other(circle, otto, "Bänke")
    term = memberships.term_of(circle, people[0])
    row = (
        "INSERT INTO circles_majorityvote (decision_id, n, poll_id, moved_by_id, rounds_held,"
        " rounds_needed, quorum, voting_days, statement_days, state)"
        " VALUES (%s, 1, %s, %s, %s, %s, 1, 1, 1, 'moved')"
    )
    poll = ballots.prepare(votes.OPTIONS, method="choice", by=None)
    ballots.attach(poll, fresh)
    assert broken(row, fresh.pk, poll.pk, term.pk, 1, 1) == "consent-first"
    assert broken(row, decision.pk, poll.pk, term.pk, 3, 2) == "consent-first"
    assert "majority_vote_consent_first" in broken(row, decision.pk, poll.pk, term.pk, 2, 3)
    assert "majority_vote_consent_first" in broken(row, decision.pk, poll.pk, term.pk, 2, 0)
    hold_round(fresh, otto)
    assert broken(row, fresh.pk, poll.pk, term.pk, 0, 1) == "consent-first"


def test_rules_are_never_put_to_a_vote(circle, otto, people):
    made = decisions.begin_rules(circle, settings=Settings(rounds_before_vote=1), by=otto)
    hold_round(made, otto, objecting=1)
    said = refused(lambda: votes.move(made, by=people[0]), "rules-by-consent")
    assert said.startswith("Rules of procedure are adopted by consent only")


def test_only_a_member_moves_a_vote(decision, otto, olaf):
    refused(lambda: votes.move(decision, by=otto), "not-a-member")
    refused(lambda: votes.move(decision, by=olaf), "not-a-member")


def test_rounds_without_quorum_do_not_count(circle, otto, people):
    low = begin_other(circle, otto, "Bänke")
    assert votes.failed_rounds(low) == 0
    refused(lambda: rounds.open_next(low, wording="x", by=people[0]) and votes.move(
        low, by=people[0]), "round-open")  # fmt: skip


# Motion, secrecy, opening


def test_one_member_makes_it_secret_before_it_opens_and_nobody_is_told_who(decision, otto, people):
    vote = votes.move(decision, by=people[1])
    assert not vote.poll.is_secret
    votes.ask_secret(vote, by=people[2])
    assert Poll.objects.get(pk=vote.poll_id).is_secret
    assert Entry.objects.get(verb="decision.vote-secret").actor_id is None
    said = refused(lambda: votes.open_vote(vote, by=people[1]), "not-the-mover")
    assert said.startswith("Somebody else opens the vote")
    votes.open_vote(vote, by=people[3])
    said = refused(lambda: votes.ask_secret(vote, by=people[4]), "already-open")
    assert said == "The vote is open already; its rules stay as they are."


def test_the_mover_takes_it_back_and_the_rounds_go_on(decision, otto, people):
    vote = votes.move(decision, by=people[1])
    refused(lambda: votes.drop(vote, by=people[2]), "not-yours")
    votes.drop(vote, by=people[1])
    vote.refresh_from_db()
    assert (vote.state, state_of(decision)) == ("dropped", "consent")
    assert votes.move(decision, by=people[2]).n == 2


def test_while_a_vote_is_under_way_no_round_begins_and_words_stay(decision, otto, people):
    votes.move(decision, by=people[1])
    refused(lambda: rounds.open_next(decision, wording="x", integration="y", by=otto),
            "no-round-now")  # fmt: skip
    assert broken("UPDATE circles_decision SET wording = 'x' WHERE id = %s", decision.pk) == (
        "decision-words"
    )


# Ballots


@pytest.mark.req("R127")
def test_more_yes_than_no_adopts_and_abstentions_do_not_count(decision, otto, people):
    vote = open_vote(decision, otto)
    vote_all(vote, people, yes=4, no=3, abstain=3)
    votes.close(vote, by=otto)
    vote.refresh_from_db()
    assert (vote.yes, vote.no, vote.abstain, vote.state) == (4, 3, 3, "decided")
    assert state_of(decision) == "adopted"
    assert vote.statements_until - vote.ended_at == dt.timedelta(days=14)


@pytest.mark.req("R127")
def test_a_tie_rejects(decision, otto, people):
    vote = open_vote(decision, otto)
    vote_all(vote, people, yes=4, no=4, abstain=2)
    votes.close(vote, by=otto)
    assert state_of(decision) == "rejected"


@pytest.mark.req("R127")
def test_without_quorum_it_is_void_and_may_be_moved_again(decision, otto, people, do_work, inbox):
    vote = open_vote(decision, otto)
    vote_all(vote, people[:7], yes=7, no=0)
    said = refused(lambda: votes.close(vote, by=otto), "promised-until")
    assert said == "Voting was promised until its end, and 3 have not voted yet."
    end_time(vote)
    do_work()
    inbox.clear()
    assert votes.keep_deadlines() == 1
    vote.refresh_from_db()
    assert (vote.state, vote.ballots, vote.statements_until) == ("void", 7, None)
    assert state_of(decision) == "consent"
    do_work()
    assert len(inbox) == 10
    assert "8 ballots were needed. Nothing is decided" in inbox[0].body or "8" in inbox[0].body
    again = votes.move(decision, by=people[0])
    assert again.n == 2


def end_time(vote) -> None:
    """The clock of the database cannot be turned: the poll's end is put to now, as root could."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE formats_poll DISABLE TRIGGER poll_is_fixed")
        cursor.execute(
            "UPDATE formats_poll SET opened_at = now() - interval '2 day',"
            " closes_at = now() - interval '1 second' WHERE id = %s", [vote.poll_id],
        )  # fmt: skip
        cursor.execute("ALTER TABLE formats_poll ENABLE TRIGGER poll_is_fixed")


def test_a_second_ballot_corrects_the_first_until_closing(decision, otto, people):
    vote = open_vote(decision, otto)
    assert votes.cast(vote, vote.YES, by=people[0]) is True
    assert votes.cast(vote, vote.NO, by=people[0]) is False
    assert Ballot.objects.filter(poll=vote.poll).count() == 1
    for person in people[1:]:
        votes.cast(vote, vote.YES, by=person)
    votes.close(vote, by=otto)
    vote.refresh_from_db()
    assert (vote.yes, vote.no) == (9, 1)
    said = refused(lambda: votes.cast(vote, vote.YES, by=people[0]), "vote-closed")
    assert said.startswith("The vote is closed. A ballot that you gave before counts as it was")
    refused(lambda: votes.close(vote, by=otto), "vote-over")


def test_before_opening_no_ballot_counts(decision, people):
    vote = votes.move(decision, by=people[1])
    said = refused(lambda: votes.cast(vote, vote.YES, by=people[0]), "not-open")
    assert said == "The vote is not open yet."


@pytest.mark.req("R127")
def test_who_left_after_voting_counts_and_who_joined_later_does_not_vote(otto):
    circle = circle_at_work(otto, members=9)
    adopt_rules(circle, otto)
    decision = begin_other(circle, otto)
    fail_rounds(decision, otto)
    people = people_of(circle)
    vote = open_vote(decision, otto)
    votes.cast(vote, vote.NO, by=people[0])
    leave(people[0])
    said = refused(lambda: votes.cast(vote, vote.YES, by=people[0]), "not-a-member")
    assert said.startswith("You are not, or no longer, a member of this circle.")
    late = seat_by_body(circle, 10, otto)
    refused(lambda: votes.cast(vote, vote.YES, by=late), "not-on-the-roll")
    leave(people[8])
    for person in people[1:8]:
        votes.cast(vote, vote.YES, by=person)
    end_time(vote)
    votes.close(vote, by=None)
    vote.refresh_from_db()
    assert (vote.yes, vote.no, vote.state) == (7, 1, "decided")
    place = VotePlace.objects.get(vote=vote, term__seat__number=9)
    row = "INSERT INTO formats_ballot (id, poll_id, voter_id, marks)"
    assert broken(
        row + " VALUES (gen_random_uuid(), %s, %s, '{}')", vote.poll_id, place.voter_id
    ) in {"ballot-of-member", "ballot-in-time"}  # fmt: skip


def test_the_database_takes_no_ballot_of_somebody_who_left(decision, otto, people):
    vote = open_vote(decision, otto)
    leave(people[0])
    place = VotePlace.objects.get(vote=vote, term__seat__number=1)
    yes = vote.poll.options.get(position=1)
    assert broken(
        "INSERT INTO formats_ballot (id, poll_id, voter_id, marks)"
        " VALUES (gen_random_uuid(), %s, %s, jsonb_build_object(%s::text, 1))",
        vote.poll_id, place.voter_id, str(yes.pk),
    ) == "ballot-of-member"  # fmt: skip


def test_figures_cannot_be_written_by_hand(decision, otto, people):
    vote = open_vote(decision, otto)
    vote_all(vote, people, yes=4, no=6)
    assert broken(
        "UPDATE circles_majorityvote SET state = 'decided', yes = 9, no = 1, abstain = 0,"
        " ended_at = now(), statements_until = now() + interval '1 day' WHERE id = %s", vote.pk,
    ) == "vote-is-counted"  # fmt: skip
    votes.close(vote, by=otto)
    assert broken("UPDATE circles_majorityvote SET yes = 9 WHERE id = %s", vote.pk) == "vote-stays"
    assert broken("DELETE FROM circles_majorityvote WHERE id = %s", vote.pk) == "vote-stays"


def test_the_silent_are_reminded_once(decision, otto, people, do_work, inbox):
    vote = open_vote(decision, otto)
    for person in people[:8]:
        votes.cast(vote, vote.YES, by=person)
    leave(people[9])
    do_work()
    inbox.clear()
    for _twice in range(2):
        votes.remind(vote.pk)
    do_work()
    assert [people[8].email in mail.to[0] for mail in inbox] == [True]
    votes.cast(vote, vote.YES, by=people[8])


# The minority


@pytest.mark.req("R127")
def test_minority_statements_are_by_the_outvoted_once_in_time_and_stay(decision, otto, people):
    vote = open_vote(decision, otto)
    vote_all(vote, people, yes=6, no=3, abstain=1)
    refused(lambda: minority.add(vote, text="Zu früh.", by=people[7]), "not-now")
    votes.close(vote, by=otto)
    said = refused(lambda: minority.add(vote, text="Nein.", by=people[0]), "not-outvoted")
    assert said == "A minority statement is written by those who were outvoted."
    refused(lambda: minority.add(vote, text="Nein.", by=people[9]), "not-outvoted")
    made = minority.add(vote, text="  Wort\nfür  Wort. ", by=people[7])
    assert made.text == "Wort\nfür  Wort."
    refused(lambda: minority.add(vote, text="Noch etwas.", by=people[7]), "said-already")
    assert broken("UPDATE circles_minoritystatement SET text = 'x'") == "append-only"
    place = VotePlace.objects.get(vote=vote, term__seat__number=1)
    row = (
        "INSERT INTO circles_minoritystatement (place_id, text, with_name) VALUES (%s, 'x', false)"
    )
    assert broken(row, place.pk) == "statement-of-minority"


def test_after_a_secret_vote_whoever_voted_may_say_that_they_were_outvoted(decision, otto, people):
    vote = open_vote(decision, otto, is_secret=True)
    vote_all(vote, people, yes=6, no=4)
    votes.close(vote, by=otto)
    assert not Ballot.objects.filter(poll=vote.poll).exclude(voter=None).exists()
    assert minority.add(vote, text="Ich war dagegen.", by=people[0]).pk


def test_after_the_days_nobody_adds_a_statement(decision, otto, people):
    with days_ago(15):
        vote = open_vote(decision, otto)
        vote_all(vote, people, yes=6, no=4)
        votes.close(vote, by=otto)
    vote.refresh_from_db()
    said = refused(lambda: minority.add(vote, text="Spät.", by=people[7]), "not-now")
    assert said == "Statements are taken for some days after a vote, not now."


def test_a_decision_by_vote_is_adopted_only_as_counted(circle, otto):
    made = decided_by_vote(circle, otto, yes=4, no=6)
    assert made.state == "rejected"
    with pytest.raises(IntegrityError, match="state-guard"), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(state="adopted")
    assert rules.in_force(circle).rounds_before_vote == 2
    assert MajorityVote.objects.get(decision=made).is_won is False

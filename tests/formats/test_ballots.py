"""One vote each, corrected until closing, secret until then, and nothing late."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from formats.models import AgreedCount, Ballot, HandCount, Poll, PollOption, Voter
from formats.sittings import sessions
from formats.weighing import ballots, hands, priorities
from foundation.accounts.models import User
from foundation.audit.models import Entry
from tests.formats.rooms import opened, seat
from tests.formats.voting import keys, make_member, make_round, marks


@pytest.fixture
def members(otto):
    return [make_member(otto, name) for name in ("Ada", "Bo", "Cy")]


def vote(round_, person, *points):
    return ballots.cast(priorities.voter_of(round_, person), marks(round_, *points))


@pytest.mark.req("R98")
def test_every_member_with_a_vote_has_one(otto, members):
    silent = make_member(otto, "Sid", votes=False)
    round_ = make_round(otto)

    assert sorted(voter.user.name for voter in round_.poll.voters.all()) == ["Ada", "Bo", "Cy"]
    assert priorities.voter_of(round_, silent) is None


@pytest.mark.req("R98")
def test_a_deputy_brings_no_second_vote(otto):
    ada = seat(otto, "Ada")
    seat(otto, "Vera", deputises=ada)
    round_ = make_round(otto)

    assert [voter.user for voter in round_.poll.voters.all()] == [ada.user]


@pytest.mark.req("R98")
def test_a_deputy_in_the_room_votes_for_the_member_who_is_away(otto):
    ada, bert, gone = seat(otto, "Ada"), seat(otto, "Bert"), seat(otto, "Cleo")
    vera, dora = seat(otto, "Vera", deputises=ada), seat(otto, "Dora", deputises=gone)
    User.objects.filter(pk=gone.user.pk).update(is_active=False)
    meeting, _item = opened(otto, [vera, bert, dora])
    round_ = make_round(otto, meeting=meeting, opened=False)
    # Whoever speaks when the vote is opened has the vote until it is closed.
    sessions.leave(meeting, dora, by=otto)
    priorities.open_round(round_, by=otto)
    sessions.leave(meeting, vera, by=otto)

    roll = {voter.user: voter.label for voter in round_.poll.voters.all()}
    assert roll == {vera.user: "Stelle Ada", bert.user: "Stelle Bert"}


@pytest.mark.req("R98")
@pytest.mark.req("R106")
def test_a_ballot_is_corrected_not_doubled(otto, members):
    round_ = make_round(otto)

    assert vote(round_, members[0], 3, 2, 0) is True
    assert vote(round_, members[0], 0, 2, 3) is False
    vote(round_, members[1], 0, 1, 0)
    ballots.close(round_.poll, by=otto)

    lines = ballots.result_of(round_.poll)
    assert [(line.option, line.points, line.voices) for line in lines] == [
        (keys(round_)[1], 3, 2), (keys(round_)[2], 3, 1), (keys(round_)[0], 0, 0),
    ]  # fmt: skip
    assert (round_.poll.counted, ballots.turnout(round_.poll)) == (2, (2, 3))


@pytest.mark.req("R98")
def test_the_database_takes_no_second_ballot(otto, members):
    round_ = make_round(otto)
    vote(round_, members[0], 1, 0, 0)

    with pytest.raises(IntegrityError, match="ballot_one_each"), transaction.atomic():
        Ballot.objects.create(
            poll=round_.poll,
            voter=priorities.voter_of(round_, members[0]),
            marks=marks(round_, 1, 0, 0),
        )


@pytest.mark.parametrize(
    ("points", "code"),
    [((0, 0, 0), "ballot-empty"), ((4, 0, 0), "ballot-too-high"), ((3, 3, 0), "ballot-too-many")],
)
def test_an_impossible_ballot_is_refused_with_a_sentence(otto, members, points, code):
    round_ = make_round(otto)

    with pytest.raises(ballots.VoteRefused) as refused:
        vote(round_, members[0], *points)

    assert refused.value.code == code
    assert not Ballot.objects.exists()
    assert not Voter.objects.filter(has_voted=True).exists()


@pytest.mark.parametrize("wrong", [{}, {"0": 1}, {"first": 4}, {"first": 3, "second": 3}])
def test_the_database_knows_the_rules_too(otto, members, wrong):
    round_ = make_round(otto)
    named = dict(zip(("first", "second", "third"), keys(round_), strict=True))
    given = {named.get(name, name): points for name, points in wrong.items()}

    with pytest.raises(IntegrityError, match="ballot-by-the-rules"), transaction.atomic():
        Ballot.objects.create(
            poll=round_.poll, voter=priorities.voter_of(round_, members[0]), marks=given
        )


def test_before_opening_and_after_closing_nothing_counts(otto, members):
    round_ = make_round(otto, opened=False)
    priorities.call_members(round_)
    with pytest.raises(ballots.VoteRefused) as early:
        vote(round_, members[0], 1, 0, 0)
    priorities.open_round(round_, by=otto)
    vote(round_, members[0], 1, 0, 0)
    ballots.close(round_.poll, by=otto)
    with pytest.raises(ballots.VoteRefused) as late:
        vote(round_, members[0], 0, 1, 0)

    assert (early.value.code, late.value.code) == ("not-open-yet", "vote-closed")
    assert ballots.result_of(round_.poll)[0].option == keys(round_)[0]
    with pytest.raises(IntegrityError, match="ballot-in-time"), transaction.atomic():
        Ballot.objects.create(
            poll=round_.poll,
            voter=priorities.voter_of(round_, members[1]),
            marks=marks(round_, 1, 0, 0),
        )


def test_the_promised_end_closes_the_vote_even_before_it_is_counted(otto, members):
    round_ = make_round(otto, closes_at=timezone.now() + dt.timedelta(hours=1))
    vote(round_, members[0], 1, 0, 0)
    with pytest.raises(ballots.NotClosable) as promised:
        ballots.close(round_.poll, by=otto)
    with connection.cursor() as cursor:  # the hour is over
        cursor.execute("ALTER TABLE formats_poll DISABLE TRIGGER poll_is_fixed")
        cursor.execute(
            "UPDATE formats_poll SET opened_at = now() - interval '2 hours',"
            " closes_at = now() - interval '1 hour'"
        )
        cursor.execute("ALTER TABLE formats_poll ENABLE TRIGGER poll_is_fixed")

    with pytest.raises(ballots.VoteRefused) as late:
        vote(round_, members[1], 1, 0, 0)
    assert ballots.close_due() == 1

    round_.poll.refresh_from_db()
    assert (promised.value.code, late.value.code) == ("promised-until", "vote-closed")
    assert round_.poll.closed_at == round_.poll.closes_at
    assert round_.poll.counted == 1


def test_a_vote_that_cannot_be_closed_holds_up_no_other(otto, members):
    soon = timezone.now() + dt.timedelta(hours=1)
    first, _second = make_round(otto, closes_at=soon), make_round(otto, closes_at=soon)
    with connection.cursor() as cursor:  # the hour is over, and the first counts hands now
        cursor.execute("ALTER TABLE formats_poll DISABLE TRIGGER poll_is_fixed")
        cursor.execute(
            "UPDATE formats_poll SET opened_at = now() - interval '2 hours',"
            " closes_at = now() - interval '1 hour'"
        )
        cursor.execute("UPDATE formats_poll SET way = 'hands' WHERE id = %s", [first.poll_id])
        cursor.execute("ALTER TABLE formats_poll ENABLE TRIGGER poll_is_fixed")

    assert ballots.close_due() == 1
    assert list(Poll.objects.order_by("pk").values_list("state", flat=True)) == ["open", "closed"]


def test_with_everybody_heard_the_vote_may_close_early(otto, members):
    round_ = make_round(otto, closes_at=timezone.now() + dt.timedelta(hours=1))
    for member in members:
        vote(round_, member, 1, 0, 0)

    ballots.close(round_.poll, by=otto)

    assert round_.poll.counted == 3


def test_counting_a_secret_vote_cuts_the_tie_to_the_voter(otto, members):
    round_ = make_round(otto)
    for member in members:
        vote(round_, member, 1, 0, 0)
    before = set(Ballot.objects.values_list("pk", flat=True))

    ballots.close(round_.poll, by=otto)

    assert set(Ballot.objects.values_list("voter", flat=True)) == {None}
    assert not before & set(Ballot.objects.values_list("pk", flat=True))
    assert round_.poll.voters.filter(has_voted=True).count() == 3
    told = Entry.objects.filter(actor_id__in=[member.pk for member in members])
    assert not told.exists()


def test_a_withdrawn_vote_destroys_its_ballots(otto, members):
    round_ = make_round(otto)
    vote(round_, members[0], 1, 0, 0)

    ballots.withdraw(round_.poll, by=otto)

    assert not Ballot.objects.exists()
    assert ballots.result_of(round_.poll) == []
    with pytest.raises(ballots.VoteRefused):
        vote(round_, members[0], 1, 0, 0)


def test_nobody_takes_a_ballot_out_of_the_box(otto, members):
    round_ = make_round(otto)
    vote(round_, members[0], 1, 0, 0)

    with pytest.raises(IntegrityError, match="ballot-stays"), transaction.atomic():
        Ballot.objects.all().delete()


def test_an_open_vote_keeps_who_gave_what(otto, members):
    round_ = make_round(otto, opened=False)
    Poll.objects.filter(pk=round_.poll_id).update(is_secret=False)
    priorities.open_round(round_, by=otto)
    vote(round_, members[0], 1, 0, 0)
    round_.poll.refresh_from_db()
    ballots.close(round_.poll, by=otto)

    assert Ballot.objects.get().voter.user == members[0]


def test_nothing_is_known_before_closing(otto, members):
    round_ = make_round(otto)
    vote(round_, members[0], 3, 0, 0)

    assert ballots.result_of(round_.poll) == []
    assert priorities.result_of(round_) == []


def test_a_count_that_does_not_fit_the_roll_closes_nothing(otto, members):
    round_ = make_round(otto)
    vote(round_, members[0], 3, 0, 0)
    Voter.objects.filter(poll=round_.poll, user=members[1]).update(has_voted=True)

    with pytest.raises(ballots.Miscounted):
        ballots.close(round_.poll, by=otto)

    assert Poll.objects.get(pk=round_.poll_id).state == "open"


@pytest.mark.parametrize(
    "change",
    [{"budget": 9}, {"is_secret": False}, {"method": "score", "budget": 5, "most": 5}],
)
def test_the_rules_of_an_opened_vote_stay(otto, members, change):
    round_ = make_round(otto)

    with pytest.raises(IntegrityError, match="poll-is-fixed"), transaction.atomic():
        Poll.objects.filter(pk=round_.poll_id).update(**change)


def test_the_topics_of_an_opened_vote_stay(otto, members):
    round_ = make_round(otto)

    for change in (
        lambda: PollOption.objects.filter(poll=round_.poll).update(title={}),
        lambda: PollOption.objects.create(poll=round_.poll, position=9),
    ):
        with pytest.raises(IntegrityError, match="poll-part-is-fixed"), transaction.atomic():
            change()


def test_after_closing_the_roll_stays_too(otto, members):
    round_ = make_round(otto)
    ballots.close(round_.poll, by=otto)

    with pytest.raises(IntegrityError, match="poll-part-is-fixed"), transaction.atomic():
        Voter.objects.create(poll=round_.poll, number=7)


def test_a_ballot_counts_only_where_its_voter_stands_on_the_roll(otto, members):
    one, other = make_round(otto), make_round(otto)

    with pytest.raises(IntegrityError, match="ballot_voter_of_poll"), transaction.atomic():
        Ballot.objects.create(
            poll=one.poll,
            voter=priorities.voter_of(other, members[0]),
            marks=marks(one, 1, 0, 0),
        )
        connection.check_constraints()


def test_a_vote_without_voters_or_with_one_option_is_not_opened(otto):
    round_ = make_round(otto, opened=False)

    with pytest.raises(ballots.NotOpenable) as nobody:
        priorities.open_round(round_, by=otto)

    assert nobody.value.code == "nobody-votes"


def test_two_people_count_hands_and_only_equal_counts_close_the_vote(otto, members, dora):
    round_ = make_round(otto, way=Poll.Way.HANDS, budget=2, most=1)
    first, second = (
        dict(zip(keys(round_), given, strict=True)) for given in ((3, 1, 2), (3, 0, 2))
    )

    assert hands.enter(round_.poll, first, present=3, by=otto) is None
    with pytest.raises(hands.CountRefused) as alone:
        hands.enter(round_.poll, first, present=3, by=otto)
    with pytest.raises(hands.CountsDiffer):
        hands.enter(round_.poll, second, present=3, by=dora)
    with pytest.raises(ballots.NotClosable) as not_yet:
        ballots.close(round_.poll, by=otto)
    assert hands.enter(round_.poll, first, present=3, by=dora) == AgreedCount.objects.get()
    ballots.close(Poll.objects.get(pk=round_.poll_id), by=otto)

    round_.poll.refresh_from_db()
    assert (alone.value.code, not_yet.value.code) == ("same-person", "hands-not-agreed")
    assert [line.points for line in ballots.result_of(round_.poll)] == [3, 2, 1]
    assert (round_.poll.counted, HandCount.objects.count()) == (3, 3)


def test_one_person_is_never_two_counters_for_the_database(otto, members):
    round_ = make_round(otto, way=Poll.Way.HANDS, budget=2, most=1)
    given = dict.fromkeys(keys(round_), 1)
    counts = [
        HandCount.objects.create(poll=round_.poll, entered_by=otto, present=3, hands=given)
        for _n in range(2)
    ]

    with pytest.raises(IntegrityError, match="two-people-counted"), transaction.atomic():
        AgreedCount.objects.create(poll=round_.poll, first=counts[0], second=counts[1])


@pytest.mark.parametrize(
    ("given", "present", "code"),
    [
        ((4, 0, 0), 3, "more-hands-than-people"),
        ((3, 3, 3), 3, "too-many-hands"),
        ((-1, 0, 0), 3, "count-incomplete"),
    ],
)
def test_an_impossible_count_is_refused(otto, members, given, present, code):
    round_ = make_round(otto, way=Poll.Way.HANDS, budget=2, most=1)

    with pytest.raises(hands.CountRefused) as refused:
        hands.enter(
            round_.poll, dict(zip(keys(round_), given, strict=True)), present=present, by=otto
        )

    assert refused.value.code == code

"""Votes by one's own device and in writing: once each, only with a vote, secret until closed."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from formats.models import AskedSeat, Membership, Resolution, Voice
from formats.sittings import bodies, circulars, resolutions, sessions
from foundation import states
from foundation.mail.models import OutgoingMail
from tests.conftest import login
from tests.formats.factories import make_body
from tests.formats.rooms import DAY, five, opened, seat

ENGLISH = {"accept-language": "en"}


def by_device(otto, there, members=None):
    meeting, item = opened(otto, there)
    made = resolutions.open_vote(item, wording="Radwege", procedure="ballots", by=otto)
    return meeting, made


@pytest.mark.req("R98")
def test_one_member_one_vote(otto):
    members = five(otto)
    _meeting, made = by_device(otto, members)
    resolutions.cast(made, "yes", by=members[0].user)
    with pytest.raises(resolutions.VotedAlready, match="Each member votes once"):
        resolutions.cast(made, "no", by=members[0].user)
    with pytest.raises(IntegrityError, match="voice_once"), transaction.atomic():
        Voice.objects.create(resolution=made, membership=members[0], seat=members[0], choice="yes")
    assert made.voices.count() == 1


def test_nobody_votes_who_is_not_in_the_room_or_has_no_vote(otto, olaf):
    members = five(otto)
    guest = seat(otto, "Gast", has_vote=False)
    meeting, made = by_device(otto, [*members[:4], guest])
    for person in (members[4].user, guest.user, olaf):
        with pytest.raises(resolutions.NoVote):
            resolutions.cast(made, "yes", by=person)
    for outsider in (members[4], guest):
        with pytest.raises(IntegrityError, match="no vote here"), transaction.atomic():
            Voice.objects.create(resolution=made, membership=outsider, seat=outsider, choice="yes")
    sessions.leave(meeting, members[0], by=otto)
    with pytest.raises(resolutions.NoVote):
        resolutions.cast(made, "yes", by=members[0].user)


def test_the_ballots_are_the_figures(otto):
    members = five(otto)
    _meeting, made = by_device(otto, members)
    for member, choice in zip(members, ("yes", "yes", "no", "abstain"), strict=False):
        resolutions.cast(made, choice, by=member.user)
    with pytest.raises(resolutions.VoteClosed, match="cast by device"):
        resolutions.count(made, yes=5, no=0, abstain=0, by=otto)
    resolutions.close_vote(made, by=otto)
    made.refresh_from_db()
    assert (made.state, made.yes, made.no, made.abstain, made.present) == ("adopted", 2, 1, 1, 5)
    with pytest.raises(resolutions.VoteClosed, match="not counted"):
        resolutions.cast(made, "no", by=members[4].user)
    with pytest.raises(IntegrityError, match="vote is closed"), transaction.atomic():
        Voice.objects.create(resolution=made, membership=members[4], seat=members[4], choice="no")


def test_choices_are_secret_until_the_vote_is_closed(client, otto):
    members = five(otto)
    _meeting, made = by_device(otto, members)
    address = reverse("resolution", args=[made.year, made.ordinal, made.n])
    assert client.get(address).status_code == 404
    voter = login(client, members[0].user)
    answer = voter.post(
        reverse("resolution_vote", args=[made.year, made.ordinal, made.n]), {"choice": "no"}
    )
    assert answer.status_code == 302
    page = voter.get(address, headers=ENGLISH).content.decode()
    assert "You have voted." in page
    assert "1 no" not in page and "Figures" not in page


@pytest.mark.django_db(transaction=True)
def test_forty_ballots_at_once_are_forty_ballots(otto):
    members = [seat(otto, f"M{n}") for n in range(40)]
    _meeting, made = by_device(otto, members)

    def one(member):
        resolutions.cast(made, "yes", by=member.user)
        connection.close()

    threads = [threading.Thread(target=one, args=[member]) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    resolutions.close_vote(made, by=otto)
    made.refresh_from_db()
    assert (made.yes, made.voices.count()) == (40, 40)


def test_whoever_voted_and_left_counts_in_that_vote(otto):
    members = five(otto)
    deputy = seat(otto, "Vera", deputises=members[0])
    meeting, made = by_device(otto, members[:3])
    for member in members[:3]:
        resolutions.cast(made, "yes", by=member.user)
    for member in members[:3]:
        sessions.leave(meeting, member, by=otto)
    sessions.arrive(meeting, deputy, by=otto)
    with pytest.raises(resolutions.VotedAlready):
        resolutions.cast(made, "yes", by=deputy.user)
    figures = {"decided_at": timezone.now(), "present": 4, "yes": 3, "no": 0, "abstain": 0}
    with pytest.raises(IntegrityError, match="3 votes were present, not 4"), transaction.atomic():
        states.advance(made, "adopted", by=otto, **figures)
    resolutions.close_vote(made, by=otto)
    made.refresh_from_db()
    assert (made.state, made.yes, made.present) == ("adopted", 3, 3)


@pytest.mark.req("R98")
def test_a_deputy_votes_no_longer_than_the_member_belongs_to_the_body(otto):
    members = five(otto)
    deputy = seat(otto, "Vera", deputises=members[0])
    _meeting, made = by_device(otto, [deputy, *members[1:]])
    Membership.objects.filter(pk=members[0].pk).update(ends_on=timezone.localdate() - DAY)
    assert resolutions.seat_in(made, deputy.user) is None
    with pytest.raises(resolutions.NoVote):
        resolutions.cast(made, "yes", by=deputy.user)
    with pytest.raises(IntegrityError, match="voice-has-seat"), transaction.atomic():
        Voice.objects.create(resolution=made, membership=deputy, seat=members[0], choice="yes")


# In writing


def circular(otto, zora=True, **fields):
    body = seat(otto, "Zora").body if zora else make_body(otto)
    return circulars.start(
        body, wording="Der Termin wird verlegt.",
        closes_at=timezone.now() + 7 * DAY, by=otto, **fields,
    )  # fmt: skip


def end_of_term(made):
    """The clock of the vote put back, past its guard: seven days are over."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE formats_resolution SET closes_at = now() - interval '1 second' WHERE id = %s",
            [made.pk],
        )
        cursor.execute("SET session_replication_role = origin")


def test_a_circular_vote_reaches_every_member_with_a_vote(otto):
    five(otto)
    seat(otto, "Gast", has_vote=False)
    made = circular(otto)
    assert made.number == f"DIV-{made.year}-U/01"
    mails = OutgoingMail.objects.filter(kind="circular_vote")
    assert (made.entitled, mails.count()) == (6, 6)
    assert "Der Termin wird verlegt." in mails[0].body


def test_one_objection_ends_the_circular_procedure(otto):
    members = five(otto)
    made = circular(otto)
    resolutions.cast(made, "yes", by=members[0].user)
    resolutions.cast(made, "objection", by=members[1].user)
    made.refresh_from_db()
    assert (made.state, made.yes) == ("stopped", None)
    with pytest.raises(resolutions.VoteClosed):
        resolutions.cast(made, "yes", by=members[2].user)


def test_when_the_time_is_over_the_letters_are_counted(otto):
    members = five(otto)
    made = circular(otto)
    for member in members[:4]:
        resolutions.cast(made, "yes", by=member.user)
    end_of_term(made)
    made.refresh_from_db()
    with pytest.raises(resolutions.VoteClosed):
        resolutions.cast(made, "no", by=members[4].user)
    circulars.close_due()
    made.refresh_from_db()
    assert (made.state, made.yes, made.present, made.entitled) == ("adopted", 4, 4, 6)


def test_without_a_quorum_the_circular_vote_decides_nothing(otto):
    members = five(otto)
    made = circular(otto)
    resolutions.cast(made, "yes", by=members[0].user)
    end_of_term(made)
    circulars.close_due()
    made.refresh_from_db()
    assert made.state == Resolution.State.STOPPED
    assert "votes needed 4, present 1" in made.stop_reason


def test_an_objection_to_the_procedure_is_no_choice_in_the_room(otto):
    members = five(otto)
    _meeting, made = by_device(otto, members)
    with pytest.raises(resolutions.NoVote):
        resolutions.cast(made, "objection", by=members[0].user)


@pytest.mark.req("R98")
def test_a_circular_vote_is_not_closed_before_its_time(otto):
    members = five(otto)
    made = circular(otto)
    for member in members[:4]:
        resolutions.cast(made, "yes", by=member.user)
    with pytest.raises(resolutions.TooEarly, match="2 have not voted yet"):
        resolutions.close_vote(made, by=otto)
    early = {"decided_at": timezone.now(), "present": 4, "yes": 4, "no": 0, "abstain": 0}
    with pytest.raises(IntegrityError, match="vote-is-promised"), transaction.atomic():
        states.advance(made, "adopted", by=otto, **early)
    with pytest.raises(IntegrityError, match="vote-is-fixed"), transaction.atomic():
        Resolution.objects.filter(pk=made.pk).update(closes_at=timezone.now())
    made.refresh_from_db()
    for member in (members[4], Membership.objects.get(user__name="Zora")):
        resolutions.cast(made, "no", by=member.user)
    resolutions.close_vote(made, by=otto)
    made.refresh_from_db()
    assert (made.state, made.yes, made.no) == ("adopted", 4, 2)


@pytest.mark.req("R98")
def test_only_who_was_asked_votes_in_writing(otto):
    members = five(otto)
    made = circular(otto)
    resolutions.cast(made, "yes", by=members[0].user)
    bodies.end_membership(members[0], by=otto)
    after = seat(otto, "Nina")
    assert circulars.waiting_for(after.user) == []
    with pytest.raises(resolutions.NoVote, match="asked at the start"):
        resolutions.cast(made, "yes", by=after.user)
    with pytest.raises(IntegrityError, match="voice-has-seat"), transaction.atomic():
        Voice.objects.create(resolution=made, membership=after, seat=after, choice="yes")
    for late in (after, seat(otto, "Gast", has_vote=False)):
        with pytest.raises(IntegrityError, match="seat-is-asked"), transaction.atomic():
            AskedSeat.objects.create(resolution=made, membership=late)
    assert made.asked_seats.count() == made.entitled == 6


def test_a_circular_vote_that_cannot_be_counted_holds_up_no_other(otto):
    members = five(otto)
    broken, sound = circular(otto), circular(otto, zora=False)
    for member in members:
        resolutions.cast(broken, "yes", by=member.user)
        resolutions.cast(sound, "yes", by=member.user)
    with connection.cursor() as cursor:  # a ballot that no rule lets in
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE formats_voice SET choice = 'objection' WHERE id = %s",
            [broken.voices.first().pk],
        )
        cursor.execute("SET session_replication_role = origin")
    for each in (broken, sound):
        end_of_term(each)
    circulars.close_due()
    found = Resolution.objects.order_by("pk").values_list("state", flat=True)
    assert list(found) == ["open", "adopted"]


def test_a_circular_vote_needs_time(otto):
    body = five(otto)[0].body
    with pytest.raises(circulars.NotCirculable, match="at least 3 days"):
        circulars.start(body, wording="x", closes_at=timezone.now() + dt.timedelta(days=2), by=otto)


def test_my_open_votes(otto):
    members = five(otto)
    made = circular(otto)
    assert circulars.waiting_for(members[0].user) == [made]
    resolutions.cast(made, "yes", by=members[0].user)
    assert circulars.waiting_for(members[0].user) == []
    assert circulars.waiting_for(otto) == []

"""Voting through pages: cards, links, one address for everybody, and a sentence for each fault."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from formats.models import Ballot, Dissent, Poll, PriorityRound, Voter, VotingPass
from formats.weighing import ballots, passes, priorities
from tests.conftest import login
from tests.formats.factories import text
from tests.formats.voting import make_member, make_round

ENGLISH = {"accept-language": "en"}


def fields(round_, *points):
    options = round_.poll.options.all()
    return {f"option_{option.pk}": n for option, n in zip(options, points, strict=True)}


def make_room(otto, number):
    round_ = make_round(otto, opened=False, electorate=PriorityRound.Electorate.ROOM)
    cards = passes.print_cards(round_.poll, guests=number, by=otto)
    ballots.open_vote(round_.poll, by=otto)
    return round_, cards


def test_a_card_opens_one_ballot_and_leaves_the_address_bar(otto):
    round_, (card,) = make_room(otto, 1)
    phone = Client()

    entered = phone.get(reverse("vote_enter", args=[card.code]))
    assert entered["Location"] == reverse("vote")
    assert card.code not in str(dict(phone.session))
    given = phone.post(reverse("vote"), fields(round_, 3, 2, 0), follow=True, headers=ENGLISH)
    assert "Your ballot counts." in given.content.decode()
    changed = phone.post(reverse("vote"), fields(round_, 0, 2, 3), follow=True, headers=ENGLISH)
    assert "Your ballot is changed." in changed.content.decode()

    ballots.close(round_.poll, by=otto)
    late = phone.post(reverse("vote"), fields(round_, 1, 0, 0), headers=ENGLISH)
    assert "The vote is closed. A ballot that you gave before counts" in late.content.decode()
    points = {str(each.topic.option): each.line.points for each in priorities.result_of(round_)}
    assert points == {"Trees": 0, "Light": 2, "Water": 3}


@pytest.mark.parametrize("typed", [str.lower, passes.shown, lambda code: f" {code[:8]} {code[8:]}"])
def test_a_code_is_typed_as_people_type(otto, typed):
    _round, (card,) = make_room(otto, 1)
    answer = Client().post(reverse("vote_code"), {"code": typed(card.code)})

    assert answer["Location"] == reverse("vote")


def test_a_wrong_code_gets_a_sentence_however_often_and_locks_nobody_out(otto):
    _round, (card,) = make_room(otto, 1)
    room = Client()
    for _n in range(60):
        page = room.post(reverse("vote_code"), {"code": "BCDF-GHJK"}, headers=ENGLISH)
    assert "This code is not known." in page.content.decode()

    assert room.post(reverse("vote_code"), {"code": card.code})["Location"] == reverse("vote")


def test_the_database_keeps_digests_of_codes_only(otto):
    _round, cards = make_room(otto, 3)
    kept = set(VotingPass.objects.values_list("token_digest", flat=True))

    assert kept == {passes.digest_of(card.code) for card in cards}
    assert len({card.code for card in cards}) == 3
    assert all(len(card.code) == passes.LENGTH for card in cards)


def test_a_new_sheet_ends_the_old_cards_of_those_who_have_not_voted(otto):
    round_, old = make_room(otto, 2)
    voted = passes.voter_behind(passes.digest_of(old[0].code))
    ballots.cast(voted, {str(round_.poll.options.first().pk): 1})

    (new,) = passes.print_cards(round_.poll, guests=2, by=otto)

    with pytest.raises(passes.PassVoid) as replaced:
        passes.voter_behind(passes.digest_of(old[1].code))
    assert replaced.value.code == "pass-replaced"
    assert passes.voter_behind(passes.digest_of(old[0].code)) == voted
    other = passes.voter_behind(passes.digest_of(new.code))
    assert (other.number, new.sheet, round_.poll.voters.count()) == (2, 2, 2)


def test_card_link_and_login_of_a_member_are_one_ballot(otto):
    ada = make_member(otto, "Ada")
    round_ = make_round(otto)
    (card,) = priorities.print_cards(round_, guests=0, by=otto)
    phone, laptop = Client(), login(Client(), ada)
    phone.get(reverse("vote_enter", args=[card.code]))

    phone.post(reverse("vote"), fields(round_, 3, 0, 0))
    laptop.post(reverse("priority_vote", args=[round_.pk]), fields(round_, 0, 3, 0))

    assert card.label == "Amt Ada"
    assert Ballot.objects.count() == 1
    ballots.close(round_.poll, by=otto)
    assert round_.poll.counted == 1


@pytest.mark.parametrize("who", ["silent", "clara", "otto"])
def test_without_a_vote_there_is_no_ballot(otto, clara, who):
    people = {"silent": make_member(otto, "Sid", votes=False), "clara": clara, "otto": otto}
    make_member(otto, "Ada")
    round_ = make_round(otto)
    client = login(Client(), people[who])
    path = reverse("priority_vote", args=[round_.pk])

    assert client.get(path).status_code == 404
    assert client.post(path, fields(round_, 1, 0, 0)).status_code == 404
    assert not Ballot.objects.exists()


def test_too_many_points_are_refused_and_stay_on_the_page(otto):
    ada = make_member(otto, "Ada")
    round_ = make_round(otto)

    page = login(Client(), ada).post(
        reverse("priority_vote", args=[round_.pk]), fields(round_, 3, 3, 1), headers=ENGLISH
    )

    shown = page.content.decode()
    assert "You gave 7 points; you have 5. Take some back." in shown
    assert shown.count('value="3" selected') == 2
    assert not Voter.objects.filter(has_voted=True).exists()


def test_figures_are_nobodys_before_closing(client, otto):
    ada = make_member(otto, "Ada")
    round_ = make_round(otto)
    ballots.cast(priorities.voter_of(round_, ada), {str(round_.poll.options.last().pk): 3})

    for reader in (client, login(Client(), otto), login(Client(), ada)):
        page = reader.get(reverse("priority", args=[round_.pk]), headers=ENGLISH)
        assert page.context["weighed"] == [] and page.context["figure"] == []
        assert "sb-ranking" not in page.content.decode()
    run = login(Client(), otto).get(reverse("priority_run", args=[round_.pk]), headers=ENGLISH)
    assert "1 of 1 have voted." in run.content.decode()


@pytest.mark.req("R105")
def test_the_office_answers_advice_with_a_reason_and_only_after_closing(client, otto):
    make_member(otto, "Ada")
    round_ = make_round(otto)
    topic = round_.topics.first()
    with pytest.raises(priorities.RoundRefused):
        priorities.answer(topic, "adopted", text("Ja"), by=otto)
    ballots.close(round_.poll, by=otto)
    path = reverse("topic_answer", args=[topic.pk])
    office = login(Client(), otto)

    missing = office.post(path, {"outcome": "declined", "answer_reason_de": " "})
    office.post(path, {"outcome": "declined", "answer_reason_de": "Der Kreis tut es schon."})

    assert "answer_reason_de" in missing.context["form"].errors
    page = client.get(reverse("priority", args=[round_.pk]), headers=ENGLISH).content.decode()
    assert "not taken up." in page and "Der Kreis tut es schon." in page


def test_a_minority_reason_stays_for_good(otto):
    ada = make_member(otto, "Ada")
    round_ = make_round(otto)
    ballots.close(round_.poll, by=otto)
    made = priorities.dissent(round_.topics.first(), "Zu teuer", for_whom="Amt Ada", by=ada)

    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE formats_dissent SET words = 'x' WHERE id = %s", [made.pk])


def test_reminders_go_only_to_those_who_have_not_voted(otto, do_work, inbox):
    ada, bo = make_member(otto, "Ada"), make_member(otto, "Bo")
    round_ = make_round(otto)
    ballots.cast(priorities.voter_of(round_, ada), {str(round_.poll.options.first().pk): 1})

    assert passes.mail_links(round_.poll, title=round_.title, by=otto) == 1
    do_work()

    assert [mail.to for mail in inbox] == [[f"Bo <{bo.email}>"]]


@pytest.mark.parametrize("many", [1, 3])
def test_the_public_page_asks_as_much_for_three_as_for_one(
    client, otto, many, django_assert_num_queries
):
    ada = make_member(otto, "Ada")
    round_ = make_round(otto)
    ballots.close(round_.poll, by=otto)
    for topic in list(round_.topics.all())[:many]:
        priorities.dissent(topic, "Zu teuer", for_whom="Amt Ada", by=ada)
    client.get(reverse("priority", args=[round_.pk]))

    with django_assert_num_queries(6):
        client.get(reverse("priority", args=[round_.pk]))
    assert Dissent.objects.count() == many


@pytest.mark.django_db(transaction=True)
def test_two_hundred_people_behind_one_address_vote_within_a_minute(otto):
    """Through the pages: no ballot lost, nobody locked out; twenty doors at a time."""
    round_, cards = make_room(otto, 200)
    data = fields(round_, 3, 2, 0)
    waiting, failed, lock = list(cards), [], threading.Lock()

    def door():
        while True:
            with lock:
                if not waiting:
                    break
                card = waiting.pop()
            phone = Client(REMOTE_ADDR="192.0.2.7")
            phone.get(reverse("vote_enter", args=[card.code]))
            if phone.post(reverse("vote"), data).status_code != 302:
                failed.append(card.label)
        connection.close()

    began = time.monotonic()
    threads = [threading.Thread(target=door) for _n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    poll = Poll.objects.get(pk=round_.poll_id)
    ballots.close(poll, by=otto)

    assert failed == []
    assert (poll.counted, Ballot.objects.count()) == (200, 200)
    assert [line.points for line in ballots.result_of(poll)] == [600, 400, 0]
    assert took < 60

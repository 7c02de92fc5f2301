"""Pages of decisions: for members, for those who lead, for everybody without names; the command."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circles.deciding import decisions, overview, records, rounds, voices, votes
from circles.models import Circle, ConsentVoice, MajorityVote
from config.pages.desk import of_rooms
from tests.circles.deciding import (
    HARM,
    LIFT,
    begin_other,
    decided_by_vote,
    fail_rounds,
    hold_round,
    keep_version,
    open_vote,
    people_of,
    speak,
    to_voices,
)
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("rules_ground")
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def circle(rules_ground):
    return Circle.objects.get(pk=rules_ground)


@pytest.fixture
def people(circle):
    return people_of(circle)


def at(name: str, decision) -> str:
    return reverse(name, args=[decision.circle.slug, decision.n])


def browser(user=None) -> Client:
    client = Client(headers=ENGLISH)
    return login(client, user) if user else client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_lifts_an_objection_need_not_empty_what_they_wrote(circle, otto, people):
    decision = begin_other(circle, otto)
    to_voices(decision, otto)
    member, own = browser(people[0]), f"{HARM}\r\n{HARM}"
    objection = {"kind": "objection", "harm": own, "lift": LIFT}
    member.post(at("decision_voice", decision), objection)
    page = member.post(
        at("decision_voice", decision), {**objection, "kind": "consent", "lift": "Anderes Licht."}
    ).content.decode()
    assert page.count("These words do not fit your choice.") == 2  # above the form, and at lift
    assert "Anderes Licht." in page
    sent = {**objection, "kind": "concern", "concern": "Es bleibt hell."}
    assert member.post(at("decision_voice", decision), sent).status_code == 302
    newest = ConsentVoice.objects.latest("pk")
    assert (newest.kind, newest.concern, newest.harm) == ("concern", "Es bleibt hell.", "")


@pytest.mark.req("R122")
def test_the_whole_way_by_pages(circle, otto, people):
    member, host = browser(people[0]), browser(otto)
    answer = member.post(
        reverse("decision_new", args=[circle.slug]), {"title": "Licht", "wording": "Warmes Licht."}
    )
    decision = circle.decisions.get(title="Licht")
    assert answer.url == at("decision", decision)
    member.post(at("decision_say", decision), {"text": "Wie hell?", "seen": "questions"})
    question = decision.rounds.get().utterances.get()
    host.post(at("decision_say", decision), {"text": "3000 Kelvin.", "answers": question.pk})
    for step in ("questions", "first", "second"):
        host.post(at("decision_move_on", decision), {"seen": step})
    page = read(member, at("decision", decision))
    for words in ("Wie hell?", "3000 Kelvin.", "Good enough for now, safe enough to try?"):
        assert words in page

    sent = {"kind": "objection", "harm": HARM, "lift": ""}
    page = member.post(at("decision_voice", decision), sent).content.decode()
    assert "Say what would lift your objection." in page and HARM in page
    sent = {"kind": "consent", "harm": HARM, "lift": LIFT}
    page = member.post(at("decision_voice", decision), sent).content.decode()
    assert "These words do not fit your choice." in page and LIFT in page
    member.post(at("decision_voice", decision), {"kind": "objection", "harm": HARM, "lift": LIFT})
    for person in people[1:]:
        browser(person).post(at("decision_voice", decision), {"kind": "consent"})
    assert HARM in read(browser(people[5]), at("decision", decision))
    host.post(at("decision_close", decision))
    assert "A serious objection stands." in read(member, at("decision", decision))
    host.post(
        at("decision_integrate", decision),
        {"wording": "Warmes, gedimmtes Licht.", "integration": "Ab 22 Uhr gedimmt."},
    )
    hold_round(decision, otto)
    page = read(browser(), at("decision_public", decision))
    for words in (
        "Adopted by consent", "Warmes, gedimmtes Licht.", "Ab 22 Uhr gedimmt.", HARM,
        "Lifted in round 2", "Preparatory",
    ):  # fmt: skip
        assert words in page
    for private in ("Wie hell?", "Mitglied 1", "3000 Kelvin."):
        assert private not in page


@pytest.mark.req("R127")
def test_a_vote_by_pages_and_its_minority(circle, otto, people):
    decision = begin_other(circle, otto)
    page = browser(people[1]).post(at("vote_move", decision), {"is_secret": ""}).content.decode()
    assert "A consent round is under way." in page
    fail_rounds(decision, otto)
    browser(people[1]).post(at("vote_move", decision), {"is_secret": ""})
    browser(people[2]).post(at("vote_secret", decision))
    browser(people[3]).post(at("vote_open", decision))
    vote = decision.votes.get()
    assert (vote.state, vote.poll.is_secret) == ("open", True)
    for number, person in enumerate(people):
        choice = vote.YES if number < 5 else vote.NO
        browser(person).post(at("vote_ballot", decision), {"choice": choice})
    browser(people[0]).post(at("vote_close", decision))
    decision.refresh_from_db()
    assert decision.state == "rejected"
    browser(people[0]).post(
        at("vote_statement", decision), {"text": "Schade  um das Licht.", "with_name": "on"}
    )
    browser(people[1]).post(at("vote_statement", decision), {"text": "Ohne Namen."})
    page = read(browser(), at("decision_public", decision))
    for words in ("Rejected by 5 to 5.", "Schade  um das Licht.", "Mitglied 1", "Ohne Namen.",
                  "Vote: 5 yes, 5 no, needed: 6 of 10."):  # fmt: skip
        assert words in page
    assert "Mitglied 2" not in page
    assert decision.title in read(browser(), reverse("circle", args=[circle.slug]))
    late = browser(people[0]).post(at("vote_ballot", decision), {"choice": vote.YES})
    assert "The vote is closed." in late.content.decode()


def test_the_room_is_closed_to_all_others_and_hosts_take_no_part(circle, otto, olaf, people):
    decision = begin_other(circle, otto)
    for name in ("decision", "decision_say", "decision_voice", "vote_move", "decision_integrate"):
        assert browser(olaf).get(at(name, decision)).status_code == 404
        assert browser().get(at(name, decision)).status_code == 302
    assert browser(olaf).get(reverse("decision_list", args=[circle.slug])).status_code == 404
    assert browser(olaf).get(at("decision_public", decision)).status_code == 404
    for name in ("decision_voice", "vote_move"):
        assert browser(otto).post(at(name, decision), {"kind": "consent"}).status_code == 403


def test_rules_are_put_to_the_circle_with_a_text_from_the_numbers(circle, otto):
    sent = {"quorum": 9, "rounds_before_vote": 0, "voting_days": 5, "statement_days": 10}
    client, address = browser(otto), reverse("decision_rules", args=[circle.slug])
    page = client.post(address, sent).content.decode()
    assert "greater than or equal to 1" in page and 'value="9"' in page
    client.post(address, sent | {"rounds_before_vote": 1})
    made = circle.decisions.order_by("-n").first()
    assert "at least 9 of the fifteen members" in made.wording
    assert made.rounds.get().rules.voting_days == 5
    hold_round(made, otto, objecting=1)
    client.post(at("decision_integrate", made), sent | {
        "rounds_before_vote": 1, "quorum": 10, "integration": "Zehn statt neun."})  # fmt: skip
    assert "at least 10 of the fifteen members" in made.rounds.get(n=2).wording


def test_staff_writes_a_voice_down_by_the_page(circle, otto, people):
    decision = begin_other(circle, otto)
    current = to_voices(decision, otto)
    term = current.places.first().term
    answer = browser(otto).post(
        at("decision_note", decision), {"term": term.pk, "kind": "concern", "concern": "Kosten."}
    )
    assert answer.status_code == 302
    assert "written down in the meeting" in read(browser(people[3]), at("decision", decision))
    page = browser(otto).post(at("decision_note", decision), {"term": term.pk, "kind": "absent"})
    assert page.status_code == 200


def test_a_proposal_names_its_version(circle, otto):
    version = keep_version(circle)
    sent = {"title": "Lösung", "wording": "Wir schlagen das vor.", "version": version.pk}
    browser(otto).post(reverse("decision_new", args=[circle.slug]), sent)
    made = circle.decisions.get(title="Lösung")
    assert (made.kind, made.version) == ("proposal", version)
    assert version.sha256[:8] in read(browser(otto), at("decision", made))


def test_what_waits_for_a_member(circle, otto, people):
    asked = begin_other(circle, otto)
    current = to_voices(asked, otto)
    voted = begin_other(circle, otto, "Bänke")
    fail_rounds(voted, otto)
    vote = open_vote(voted, otto)
    waits = lambda user: [(w.kind, w.decision.n) for w in overview.waiting_for(user, circle)]  # noqa: E731
    assert waits(people[0]) == [("voice", asked.n), ("ballot", voted.n)]
    assert overview.of_room(circle, [])["waiting"] == []
    page = read(browser(people[0]), reverse("my"))
    assert "Give your voice: Licht am Weg" in page and "Give your ballot: Bänke" in page
    on_desk = [item.what for item in of_rooms.items(people[0])]
    assert on_desk == ["Give your voice: Licht am Weg", "Give your ballot: Bänke"]
    voices.give(current, "consent", by=people[0])
    votes.cast(vote, MajorityVote.NO, by=people[0])
    assert waits(people[0]) == []


def test_the_desk_of_those_who_lead_says_when_to_close_and_to_open(circle, otto, people):
    told = lambda: [each.what for each in of_rooms.items(otto) if "Licht" in each.what]  # noqa: E731
    decision = begin_other(circle, otto)
    current = to_voices(decision, otto)
    speak(current, people[1:], objecting=1)
    assert told() == []
    speak(current, people[:1])
    assert told() == ["Close the consent round: Licht am Weg"]
    rounds.close(current, by=otto)
    decision.refresh_from_db()
    rounds.open_next(decision, wording="Neu.", integration="Anders.", by=otto)
    decision.refresh_from_db()
    hold_round(decision, otto, objecting=1)
    assert told() == []
    votes.move(decision, by=people[0])
    assert told() == ["Open the vote that was moved: Licht am Weg"]
    assert not [each for each in of_rooms.items(people[0]) if "Open the vote" in each.what]


def test_a_carried_objection_waits_for_its_member(circle, otto, people):
    decision = begin_other(circle, otto)
    hold_round(decision, otto, objecting=1)
    rounds.open_next(decision, wording="Neu.", integration="Anders.", by=otto)
    to_voices(decision, otto)
    assert [w.kind for w in overview.waiting_for(people[0], circle)] == ["voice"]


def test_the_record_tells_what_became_of_objections(circle, otto, people):
    decision = begin_other(circle, otto)
    current = to_voices(decision, otto)
    voices.give(current, "objection", harm="A", lift="B", by=people[1])
    voices.give(current, "concern", concern="C", by=people[1])
    voices.give(current, "objection", harm=HARM, lift=LIFT, by=people[0])
    for person in people[2:]:
        voices.give(current, "consent", by=person)
    rounds.close(current, by=otto)
    (only,) = records.record_of(decision).rounds
    assert [(each.harm, each.fate) for each in only.objections] == [(HARM, "stands"),
                                                                    ("A", "withdrawn")]  # fmt: skip
    assert (only.concern, only.reached) == (1, 10)
    rounds.open_next(decision, wording="Neu.", integration="Anders.", by=otto)
    hold_round(decision, otto)
    record = records.record_of(decision)
    assert (record.procedure, record.outcome, record.quorum) == ("consent", "adopted", (8, 10))
    assert record.rounds[0].objections[0].fate == "lifted"
    assert record.rounds[0].objections[0].lifted_in == 2


@pytest.mark.req("R127")
def test_the_command_prints_what_is_on_record_without_names(circle, otto, people):
    decision = decided_by_vote(circle, otto, yes=6, no=4)
    out = StringIO()
    call_command("decision", decision.number, json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["procedure"] == "majority" and told["outcome"] == "adopted"
    assert [(each["n"], each["phase"], each["version"]) for each in told["rounds"]] == [
        (1, "closed", None), (2, "closed", None),
    ]  # fmt: skip
    assert told["rounds"][1]["counts"] == {
        "consent": 9, "concern": 0, "objection": 1, "absent": 0,
    }  # fmt: skip
    assert told["rounds"][1]["integration"] == "Wärmer."
    assert told["counts"] == {"yes": 6, "no": 4, "abstain": 0, "void": False}
    assert told["quorum"] == {"needed": 8, "reached": 10}
    assert told["minority_statements"] == ["Wir hätten gern gewartet."]
    assert "Mitglied" not in out.getvalue()
    out = StringIO()
    call_command("decision", decision.number, stdout=out)
    assert "vote 1 (decided): 6 yes, 4 no, 0 abstentions" in out.getvalue()
    with pytest.raises(CommandError, match=r"There is no decision IZ-1999-01/01\.") as refusal:
        call_command("decision", "IZ-1999-01/01")
    assert refusal.value.returncode == 2


def test_lists_and_stories_ask_no_more_for_three_than_for_one(circle, otto, people):
    client = browser(otto)
    first = begin_other(circle, otto)
    fail_rounds(first, otto, times=1)

    def cost(address: str) -> int:
        read(client, address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            read(client, address)
        return len(asked)

    pages = (reverse("decision_list", args=[circle.slug]), at("decision", first))
    before = [cost(page) for page in pages]
    for number in range(2):
        begin_other(circle, otto, f"Weiteres {number}")
        rounds.open_next(first, wording=f"Neu {number}.", integration="Anders.", by=otto)
        first.refresh_from_db()
        hold_round(first, otto, objecting=1)
    assert [cost(page) for page in pages] == before


def test_two_forms_at_one_step_lose_nothing(circle, otto, people):
    decision = begin_other(circle, otto)
    rounds.move_on(decision.rounds.get(), seen="questions", by=otto)
    page = (
        browser(people[0])
        .post(at("decision_say", decision), {"text": "Meine lange Frage", "seen": "questions"})
        .content.decode()
    )
    assert "This step is over." in page and "Meine lange Frage" in page
    decisions.withdraw(decision, by=otto)
    assert "withdrawn" in read(browser(people[0]), at("decision", decision)).lower()


def test_members_read_their_own_words_in_their_data(circle, otto, people):
    decided_by_vote(circle, otto, yes=6, no=4)
    data = browser(people[0]).get(reverse("my_data")).json()["decisions"]
    kinds = [each["kind"] for each in data["voices"]]
    assert kinds == ["consent", "objection", "objection", "objection"]
    assert [each["given"] for each in data["ballots"]] == [True]
    data = browser(people[-1]).get(reverse("my_data")).json()["decisions"]
    assert data["statements"][0]["text"] == "Wir hätten gern gewartet."

"""Consent rounds: step by step, one voice each, objections that only their member lifts."""

from __future__ import annotations

import datetime as dt

import pytest

from circles.deciding import decisions, rounds, rules, voices
from circles.deciding.rules import Settings
from circles.models import (
    Circle,
    ConsentPlace,
    ConsentVoice,
    Utterance,
)
from circles.seating import memberships
from config.demo.past import days_ago
from foundation.effects.models import Effect
from tests.circles.deciding import (
    HARM,
    LIFT,
    begin_other,
    broken,
    hold_round,
    keep_version,
    leave,
    open_round,
    people_of,
    refused,
    speak,
    to_voices,
)
from tests.circles.factories import circle_at_work, seat_by_body

pytestmark = pytest.mark.usefixtures("rules_ground")


@pytest.fixture
def circle(rules_ground):
    return Circle.objects.get(pk=rules_ground)


@pytest.fixture
def people(circle):
    return people_of(circle)


@pytest.fixture
def decision(circle, otto):
    return begin_other(circle, otto)


# Rules of procedure


@pytest.mark.req("R122")
def test_rules_come_first_and_settings_in_force_are_the_newest_adopted(otto):
    circle = circle_at_work(otto, members=8)
    assert rules.in_force(circle) == rules.DEFAULT and rules.in_force(circle).is_default
    sentence = refused(
        lambda: decisions.begin(circle, title="Licht", wording="Licht.", by=otto),
        "rules-come-first",
    )
    assert sentence == "Rules of procedure come first: how you decide, decide together."

    first = decisions.begin_rules(circle, settings=Settings(quorum=6), by=otto)
    version = keep_version(circle)
    refused(
        lambda: decisions.begin(circle, title="L", wording="L.", version=version, by=otto),
        "rules-not-adopted",
    )
    hold_round(first, otto)

    assert (first.state, first.number) == ("adopted", f"{circle.number}/01")
    assert rules.in_force(circle) == Settings(quorum=6, adopted_as=first.number)
    second = decisions.begin_rules(circle, settings=Settings(rounds_before_vote=1), by=otto)
    assert rules.in_force(circle).rounds_before_vote == 2
    hold_round(second, otto)
    assert rules.in_force(circle).rounds_before_vote == 1
    made = decisions.begin(circle, title="L", wording="L.", version=version, by=otto)
    assert (made.kind, made.version, made.n) == ("proposal", version, 3)


def test_the_text_of_the_rules_says_the_numbers():
    text = rules.text_of(Settings(quorum=9, rounds_before_vote=1, voting_days=3, statement_days=1))
    assert "at least 9 of the fifteen members" in text
    assert "After 1 consent round that left a serious objection, any member may move" in text
    assert "for 3 days" in text and "within 1 day." in text


@pytest.mark.req("R122")
def test_the_database_wants_rules_first(circle, otto):
    bare = circle_at_work(otto, members=5)
    row = "INSERT INTO circles_decision (circle_id, n, number, kind, title, wording, state{})"
    assert (
        broken(
            row.format("") + " VALUES (%s, 1, 'X/1', 'other', 'x', 'x', 'consent')", bare.pk
        ).split('"')[1::2][-1]
        == "decision_rules_come_first"
    )
    version = keep_version(bare)
    assert broken(
        row.format(", version_id") + " VALUES (%s, 2, 'X/2', 'proposal', 'x', 'x', 'consent', %s)",
        bare.pk, version.pk,
    ) == "rules-first"  # fmt: skip
    assert broken(
        row.format(", version_id") + " VALUES (%s, 9, 'X/9', 'proposal', 'x', 'x', 'consent', %s)",
        circle.pk, version.pk,
    ) == "decision-own-version"  # fmt: skip


# Steps


@pytest.mark.req("R122")
def test_a_round_goes_step_by_step_and_everything_said_stays(decision, otto, people):
    current = open_round(decision)
    question = voices.say(current, seen="questions", text="Wie hell?", by=people[0])
    voices.say(current, seen="questions", text="3000 Kelvin.", answers=question, by=otto)
    rounds.move_on(current, seen="questions", by=otto)
    voices.say(current, seen="first", text="Gut.", by=people[1])
    sentence = refused(
        lambda: voices.say(current, seen="questions", text="Noch eine?", by=people[2]), "step-over"
    )
    assert sentence.startswith("This step is over. Copy your words")
    refused(lambda: voices.say(current, seen="first", text="Gut.", by=otto), "members-only")
    refused(lambda: rounds.move_on(current, seen="questions", by=otto), "moved-on")
    rounds.move_on(current, seen="first", by=otto)
    rounds.move_on(current, seen="second", by=otto)

    current.refresh_from_db()
    assert (current.phase, current.quorum) == ("consent", 8)
    assert current.consent_until - current.consent_at == dt.timedelta(days=7)
    said = list(Utterance.objects.values_list("step", "text", "answers__text"))
    assert said == [
        ("questions", "Wie hell?", None),
        ("questions", "3000 Kelvin.", "Wie hell?"),
        ("first", "Gut.", None),
    ]
    assert broken("UPDATE circles_utterance SET text = 'x'") == "append-only"


def test_voices_are_refused_at_any_other_step(decision, otto, people):
    current = open_round(decision)
    give = lambda: voices.give(current, "consent", by=people[0])  # noqa: E731
    assert refused(give, "voices-not-asked").startswith("Voices are not asked for yet.")
    to_voices(decision, otto)
    speak(current, people)
    rounds.close(current, by=otto)
    sentence = refused(give, "voices-not-asked")
    assert sentence == (
        "The round is closed; your voice was not taken. What you gave before counts."
    )
    place = ConsentPlace.objects.filter(round=current).first()
    row = "INSERT INTO circles_consentvoice (place_id, n, kind, concern, harm, lift)"
    assert broken(row + " VALUES (%s, 9, 'consent', '', '', '')", place.pk) == "voice-in-time"
    assert broken("UPDATE circles_consentround SET consents = 1 WHERE id = %s", current.pk) == (
        "round-closed"
    )


def test_one_round_is_open_at_a_time(decision):
    row = (
        "INSERT INTO circles_consentround (decision_id, n, wording, integration, phase)"
        " SELECT id, 2, wording, '', 'questions' FROM circles_decision WHERE id = %s"
    )
    assert "consent_round_one_open" in broken(row, decision.pk)


# Voices


@pytest.mark.req("R122")
def test_an_objection_needs_harm_and_lift(decision, otto, people):
    current = to_voices(decision, otto)
    give = voices.give
    said = refused(lambda: give(current, "objection", lift=LIFT, by=people[0]), "no-harm")
    assert said == "Say what harm you see."
    said = refused(lambda: give(current, "objection", harm=HARM, lift=" ", by=people[0]), "no-lift")
    assert said == "Say what would lift your objection."
    refused(lambda: give(current, "concern", by=people[0]), "no-concern")
    place = current.places.first()
    row = "INSERT INTO circles_consentvoice (place_id, n, kind, concern, harm, lift) VALUES (%s, 1,"
    for kind, constraint in (
        ("'objection', '', 'h', ' ')", "consent_objection_has_reasons"),
        ("'concern', '', '', '')", "consent_concern_in_words"),
        ("'consent', '', 'h', 'l')", "consent_words_fit_the_voice"),
    ):
        assert constraint in broken(row + kind, place.pk)


@pytest.mark.req("R122")
def test_without_objection_and_with_quorum_it_is_adopted(decision, otto, people):
    current = to_voices(decision, otto)
    voices.give(current, "objection", harm=HARM, lift=LIFT, by=people[0])
    voices.give(current, "concern", concern="Kosten.", by=people[0])
    speak(current, people[1:8])
    voices.give(current, "absent", by=people[8])
    sentence = refused(lambda: rounds.close(current, by=otto), "silent")
    assert sentence == "1 member has not spoken yet and has time left. The round stays open."
    voices.give(current, "absent", by=people[9])
    rounds.close(current, by=otto)

    current.refresh_from_db()
    decision.refresh_from_db()
    figures = (current.consents, current.concerns, current.objections, current.absent)
    assert figures == (7, 1, 0, 2) and current.has_quorum
    assert decision.state == "adopted"
    kinds = ConsentVoice.objects.filter(place__term__person=people[0], place__round=current)
    assert list(kinds.values_list("n", "kind")) == [(1, "objection"), (2, "concern")]


def test_without_quorum_nothing_is_decided_and_the_same_words_may_be_asked_again(
    decision, otto, people
):
    current = to_voices(decision, otto)
    speak(current, people[:7])
    for person in people[7:]:
        voices.give(current, "absent", by=person)
    rounds.close(current, by=otto)
    decision.refresh_from_db()
    current.refresh_from_db()
    assert (decision.state, current.has_quorum) == ("consent", False)
    assert rounds.open_next(decision, by=otto).n == 2


def test_the_silent_are_reminded_once(decision, otto, people, do_work, inbox):
    current = to_voices(decision, otto)
    speak(current, people[:8])
    leave(people[9])
    do_work()
    inbox.clear()
    reminder = Effect.objects.get(kind=rounds.REMINDER, key=str(current.pk))
    assert reminder.due_at == current.consent_until - dt.timedelta(days=1)
    for _twice in range(2):
        rounds.remind(**reminder.arguments)
    do_work()
    assert [people[8].email in mail.to[0] for mail in inbox] == [True]
    speak(current, people[8:9])
    rounds.close(current, by=otto)
    inbox.clear()
    rounds.remind(**reminder.arguments)
    do_work()
    assert "your voice is still missing" not in "".join(mail.subject for mail in inbox)


def test_whose_objection_was_carried_on_is_reminded_that_it_stands(
    decision, otto, people, do_work, inbox
):
    hold_round(decision, otto, objecting=1)
    rounds.open_next(decision, wording="Neu.", integration="Anders.", by=otto)
    current = to_voices(decision, otto)
    speak(current, people[1:])
    do_work()
    inbox.clear()
    rounds.remind(current.pk)
    do_work()
    (mail,) = inbox
    assert people[0].email in mail.to[0]
    assert "Ihr Einwand aus der Runde davor steht" in mail.body


def test_when_the_time_is_over_the_silent_hold_nothing_up(decision, otto, people):
    with days_ago(8):
        current = to_voices(decision, otto)
        speak(current, people[:8])
    current.refresh_from_db()
    rounds.close(current, by=otto)
    current.refresh_from_db()
    decision.refresh_from_db()
    assert (current.absent, decision.state) == (2, "adopted")


@pytest.mark.req("R122")
def test_a_standing_objection_needs_other_words_and_a_note(decision, otto, people):
    hold_round(decision, otto, objecting=1)
    assert decision.state == "consent"
    said = refused(lambda: rounds.open_next(decision, wording="Neu.", by=otto), "no-note")
    assert said == "A serious objection stands. Say what you change so that it is lifted."
    refused(lambda: rounds.open_next(decision, integration="Nichts.", by=otto), "same-words")
    row = (
        "INSERT INTO circles_consentround (decision_id, n, wording, integration, phase)"
        " SELECT id, 2, wording, 'x', 'questions' FROM circles_decision WHERE id = %s"
    )
    assert broken(row, decision.pk) == "round-integrates"
    made = rounds.open_next(decision, wording="Neu.", integration="Wärmer.", by=otto)
    assert (made.n, made.wording, made.integration) == (2, "Neu.", "Wärmer.")


@pytest.mark.req("R122")
def test_a_proposal_moves_on_with_a_newer_version_only(circle, otto):
    first, second = keep_version(circle), keep_version(circle)
    decision = decisions.begin(circle, title="L", wording="Wir wollen das.", version=first, by=otto)
    hold_round(decision, otto, objecting=1)
    go_on = lambda version: rounds.open_next(  # noqa: E731
        decision, version=version, integration="Wärmer.", by=otto
    )
    assert refused(lambda: go_on(first), "same-version").startswith("A serious objection stands.")
    refused(lambda: go_on(None), "same-version")
    assert go_on(second).version == second


@pytest.mark.req("R122")
def test_an_objection_stands_on_in_the_next_round_until_its_member_speaks(decision, otto, people):
    hold_round(decision, otto, objecting=1)
    rounds.open_next(decision, wording="Neu.", integration="Wärmer.", by=otto)
    current = to_voices(decision, otto)
    carried = ConsentVoice.objects.get(place__round=current)
    assert (carried.place.term.person, carried.harm) == (people[0], HARM)
    assert carried.carried_from.place.round.n == 1
    speak(current, people[1:])

    rounds.close(current, by=otto)
    current.refresh_from_db()
    decision.refresh_from_db()
    assert (current.objections, decision.state) == (1, "consent")
    rounds.open_next(decision, wording="Neuer.", integration="Noch wärmer.", by=otto)
    hold_round(decision, otto)
    assert decision.state == "adopted"


def test_whoever_objected_and_left_holds_nothing_up(decision, otto, people):
    current = to_voices(decision, otto)
    speak(current, people, objecting=1)
    leave(people[0])
    refused(lambda: voices.give(current, "consent", by=people[0]), "not-a-member")
    rounds.close(current, by=otto)
    current.refresh_from_db()
    decision.refresh_from_db()
    assert (current.consents, current.objections, current.absent) == (9, 0, 0)
    assert decision.state == "adopted"


def test_whoever_joins_later_is_not_on_the_roll(otto):
    circle = circle_at_work(otto, members=9)
    decision = decisions.begin_rules(circle, settings=rules.DEFAULT, by=otto)
    current = to_voices(decision, otto)
    late = seat_by_body(circle, 10, otto)
    sentence = refused(lambda: voices.give(current, "consent", by=late), "not-on-the-roll")
    assert sentence == "You joined after this round had begun; you speak from the next one on."
    term = memberships.term_of(circle, late)
    row = "INSERT INTO circles_consentplace (round_id, term_id) VALUES (%s, %s)"
    assert broken(row, current.pk, term.pk) == "roll-is-fixed"

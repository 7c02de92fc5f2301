"""Who speaks and who leads in consent rounds, and what nobody can set by hand."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from circles.deciding import decisions, rounds, voices
from circles.models import Circle, ConsentRound, Decision, MajorityVote
from circles.seating import memberships
from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.audit.models import Entry
from tests.circles.deciding import (
    HARM,
    LIFT,
    begin_other,
    broken,
    open_round,
    people_of,
    refused,
    speak,
    to_voices,
)
from tests.conftest import make_user

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


# Who speaks for whom, and who leads


@pytest.mark.req("R122")
def test_nobody_speaks_for_somebody_else_but_staff_notes_what_is_said_in_the_room(
    decision, otto, people, do_work, inbox
):
    current = to_voices(decision, otto)
    terms = [place.term for place in current.places.all()]
    do_work()
    inbox.clear()
    made = voices.note(current, terms[0], "objection", harm=HARM, lift=LIFT, by=otto)
    do_work()
    assert made.noted_by == otto
    (mail,) = inbox
    assert people[0].email in mail.to[0] and HARM in mail.body
    sentence = refused(lambda: voices.note(current, terms[0], "consent", by=otto), "spoken-already")
    assert sentence == "This member has spoken. Only they can change what they said."
    voices.give(current, "consent", by=people[0])
    voices.give(current, "consent", by=people[1])
    refused(lambda: voices.note(current, terms[1], "consent", by=otto), "spoken-already")
    refused(lambda: voices.note(current, terms[2], "absent", by=otto), "absent-by-oneself")
    refused(lambda: voices.note(current, terms[2], "consent", by=people[3]), "not-for-members")
    row = (
        "INSERT INTO circles_consentvoice (place_id, n, kind, concern, harm, lift, noted_by_id)"
        " VALUES (%s, %s, 'consent', '', '', '', %s)"
    )
    place = current.places.get(term=terms[1])
    assert broken(row, place.pk, 2, otto.pk) == "voice-of-ones-own"


def test_the_chair_leads_and_without_one_any_member(decision, people, vera, olaf):
    current = open_round(decision)
    refused(lambda: rounds.move_on(current, seen="questions", by=olaf), "not-yours")
    rounds.move_on(current, seen="questions", by=people[3])
    rounds.move_on(current, seen="first", by=vera)


def test_where_somebody_has_the_chair_members_lead_only_when_chosen(circle, otto, people):
    chair = make_user("Viktor", factor=True)
    mandates.grant(chair, Role.CHAIR, circle, by=None)
    chosen = memberships.term_of(circle, people[4])
    decision = decisions.begin(circle, title="x", wording="x", facilitator=chosen, by=people[1])
    current = open_round(decision)
    refused(lambda: rounds.move_on(current, seen="questions", by=people[3]), "not-yours")
    rounds.move_on(current, seen="questions", by=people[4])
    rounds.move_on(current, seen="first", by=chair)


def test_the_trail_names_staff_and_no_member(circle, otto, people):
    before = Entry.objects.count()
    decision = decisions.begin(circle, title="x", wording="x", by=people[0])
    current = to_voices(decision, otto)
    speak(current, people, objecting=1)
    entries = Entry.objects.order_by("pk")[before:]
    actors = {entry.actor_id for entry in entries if "mail" not in entry.subject_type}
    assert actors == {None, otto.pk}
    assert (decision.begun_by, decision.begun_member.person) == (None, people[0])


# Flags cannot be set


@pytest.mark.req("R122")
def test_no_state_of_a_decision_is_set_by_hand(decision, otto, people):
    for to in ("adopted", "rejected", "voting"):
        assert broken(
            "UPDATE circles_decision SET state = %s, decided_at = CASE WHEN %s = 'voting' THEN NULL"
            " ELSE now() END WHERE id = %s", to, to, decision.pk,
        ) == "decision-follows"  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        states.advance(decision, Decision.State.ADOPTED, by=otto, decided_at=timezone.now())
    current = to_voices(decision, otto)
    speak(current, people, objecting=1)
    with pytest.raises(IntegrityError, match="round-is-counted"), transaction.atomic():
        states.advance(
            current, "closed", by=otto, field="phase", closed_at=timezone.now(),
            consents=10, concerns=0, objections=0, absent=0,
        )  # fmt: skip
    current.refresh_from_db()
    rounds.close(current, by=otto)
    decision.refresh_from_db()
    with pytest.raises(IntegrityError, match="decision-follows"), transaction.atomic():
        states.advance(decision, Decision.State.ADOPTED, by=otto, decided_at=timezone.now())
    assert broken("DELETE FROM circles_decision WHERE id = %s", decision.pk) == "decision-stays"
    assert not MajorityVote.objects.exists()


def test_the_words_of_an_open_round_stay(decision):
    assert broken("UPDATE circles_decision SET wording = 'x' WHERE id = %s", decision.pk) == (
        "decision-words"
    )


def test_a_matter_is_withdrawn_before_voices_are_asked_for(circle, otto, people):
    decision = begin_other(circle, people[0], "Bänke")
    mandates.grant(make_user("Viktor", factor=True), Role.CHAIR, circle, by=None)
    refused(lambda: decisions.withdraw(decision, by=people[1]), "not-yours")
    decisions.withdraw(decision, by=people[0])
    decision.refresh_from_db()
    stopped = ConsentRound.objects.get(decision=decision)
    assert (decision.state, stopped.phase, stopped.is_counted) == ("withdrawn", "closed", False)
    asked = begin_other(circle, otto)
    to_voices(asked, otto)
    refused(lambda: decisions.withdraw(asked, by=otto), "not-withdrawable")

"""A circle in Chromium: founded, seated, at work, its result published, and what became of it.

One serious objection is integrated, another one goes to a vote, a drawn member leaves and the
reserve moves up in between, thirty people outside review. The office, a few members and a few
reviewers use the browser; the others send the same forms.
"""

from __future__ import annotations

from functools import partial

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import Circle, Decision, Offer, Result
from circles.resulting import papers
from formats.models import Meeting, WorkOrder
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.effects.models import Effect
from foundation.posting import human
from tests.browser import circle_room as room
from tests.browser import circle_seats as seats
from tests.browser.background import work_off
from tests.browser.circle_room import COUNT, DECISIONS, PROPOSAL, ROOM
from tests.browser.circle_seats import (
    DAY,
    LEAVING,
    RESERVE,
    addressees,
    after,
    deliver,
    without,
)
from tests.browser.visitor import Visitor
from tests.circles.factories import make_meeting
from tests.circles.results import second_office
from tests.conftest import login
from tests.stories import circle as told
from tests.stories.circle import ADA, BEN, CEM, NAME, SLUG, WARM

pytestmark = pytest.mark.browser


@pytest.fixture
def enter(enter, monkeypatch):
    # These reviewers type quicker than any person.
    monkeypatch.setattr(human, "QUICKEST_SECONDS", 0.0)
    return partial(enter, start=f"/zirkel/{SLUG}/")


@pytest.mark.req("R114")
@pytest.mark.req("R122")
@pytest.mark.req("R125")
@pytest.mark.req("R126")
@pytest.mark.req("R127")
@pytest.mark.req("R128")
@pytest.mark.req("R130")
@pytest.mark.req("R131")
@pytest.mark.req("R132")
def test_the_road_of_a_circle(enter, scene, inbox):
    circle = seats.found(enter, scene)
    seats.name_ten(enter, scene, circle, inbox)
    seats.draw_five(enter, scene, circle, inbox)
    seats.begin(enter)
    members = seats.come_in(scene)
    evening = room.invite(enter, inbox)
    room.adopt_rules(enter, members, evening)

    room.write_together(enter)
    room.keep_and_release(enter)
    round_ = room.ask_networks(enter, members, inbox)
    room.answer_one_by_one(enter, round_, members)
    room.close_the_round(enter, round_, inbox)

    first, second = bring_before_the_circle(enter, circle, members)
    leave(enter, scene, circle, second, members, inbox)
    integrate(enter, first, members)
    outvote(enter, second, members)

    session = make_meeting(scene.people["otto"], starts_at=timezone.now() + 40 * DAY)
    order = finalise(enter, circle, session)
    with after(session.starts_at + DAY):
        present_and_prepare(enter, order, session)
        nobody_inside_publishes(enter, scene, order)
        publish(enter, scene, order)
    read_as_everybody(enter, order, inbox)
    with after(session.starts_at + 120 * DAY):
        say_what_became_of_it(enter, order, inbox)


def bring_before_the_circle(enter, circle: Circle, members) -> tuple[Decision, Decision]:
    """Ben objects to the proposal, Cem to another matter; the first round of both fails."""
    ada = enter(ADA, DECISIONS, "Put something to the circle")
    ada.send("Begin the first round", version="Version 2: Nach den Netzen", **told.PROPOSAL)
    told.post(members[ADA], "decision_new", (circle.slug,), **told.TRAFFIC)
    first, second = circle.decisions.exclude(kind="rules").order_by("n")
    office = enter("otto", DECISIONS, first.title)
    for step in ("first opinions", "second opinions", "voices"):
        office.send(f"On to: {step}")
    told.ask_for_voices(second, members[ADA])
    ben = enter(BEN, ROOM, f"Give your voice: {first.title}")
    ben.page.get_by_label("serious objection", exact=True).check()
    ben.page.fill("[name=harm]", told.HARM)
    ben.page.get_by_role("button", name="Give my voice", exact=True).click()
    ben.page.locator(".sb-errors").wait_for()
    assert ben.says("Say what would lift your objection.")
    ben.send("Give my voice", lift=told.LIFT)
    assert ben.says("Your voice now: serious objection")
    told.consent(first, without(members, BEN))
    office = enter("otto", DECISIONS, first.title)
    office.send(COUNT)
    assert office.says("No consent in this round.") and office.says(told.HARM)
    return first, second


def leave(enter, scene, circle: Circle, second: Decision, members, inbox):
    """Somebody drawn leaves while voices are taken: the next in the order moves up."""
    told.object_to(second, members[CEM])
    told.consent(second, without(members, CEM, LEAVING))
    office = enter("otto", DECISIONS, second.title)
    assert office.says("1 of 15 members has not spoken yet.")
    gone = enter(LEAVING, start=reverse("my"))
    gone.page.locator("#plaetze").locator("xpath=../..").get_by_role("link", name=NAME).click()
    gone.send("Yes, give my seat back")
    assert gone.open(reverse("decision", args=[circle.slug, second.n])).status == 404
    assert not enter(LEAVING).says("Into the room")
    del members[LEAVING]
    offer = Offer.objects.get(draw__call__circle=circle, state="open")
    assert offer.place == 6
    seats.accept_place(enter, scene, inbox, offer, RESERVE)
    members[RESERVE] = login(Client(), scene.people[RESERVE])
    new = enter(RESERVE, DECISIONS, second.title)
    assert new.says("You joined after this round had begun; you speak from the next one on.")
    office = enter("otto", DECISIONS, second.title)
    assert office.says("0 of 14 members have not spoken yet.")
    office.send(COUNT)
    stranger = enter("")
    assert stranger.says("The circle is complete") and stranger.says("Former members")


def integrate(enter, first: Decision, members):
    """The words change, the objection is carried on, and only Ben says that it is lifted."""
    enter(ADA, PROPOSAL, "Write: Licht").send("Save", body_de=WARM)
    enter(ADA, PROPOSAL, "Keep a version").send("Keep this version", note="Warmes Licht")
    office = enter("otto", DECISIONS, first.title, "Change the words and ask again")
    office.send("Begin the next round", integration=told.INTEGRATION)
    for step in ("first opinions", "second opinions", "voices"):
        office.send(f"On to: {step}")
    ben = enter(BEN, ROOM, f"Give your voice: {first.title}")
    assert ben.says("Your objection of the round before stands until you say otherwise.")
    ben.send("Change my voice", kind="consent")
    enter(RESERVE, ROOM, f"Give your voice: {first.title}").send("Give my voice", kind="consent")
    told.consent(first, without(members, BEN, RESERVE))
    office = enter("otto", DECISIONS, first.title)
    office.send(COUNT)
    assert office.says("Consent reached. Nobody had a serious objection left.")
    stranger = enter("", first.title)
    for words in (told.HARM, "Lifted in round 2 by the member who raised it.", told.INTEGRATION):
        assert stranger.says(words), words
    assert not stranger.says("Ben")


def outvote(enter, second: Decision, members):
    """Cem's objection stands again: a vote is moved, opened by another, counted; he is heard."""
    office = enter("otto", DECISIONS, second.title, "Change the words and ask again")
    office.send(
        "Begin the next round", integration="Erst ab 22 Uhr.", wording=told.FROM_TEN["wording"]
    )
    told.ask_for_voices(second, members[ADA])
    told.consent(second, without(members, CEM))
    enter("otto", DECISIONS, second.title).send(COUNT)
    ada = enter(ADA, DECISIONS, second.title, "Move a majority vote")
    ada.send("Move the vote")
    assert ada.page.get_by_role("button", name="Open the vote").count() == 0
    enter(BEN, DECISIONS, second.title).send("Open the vote")
    for name, choice in ((CEM, "No"), (ADA, "Yes")):
        member = enter(name, ROOM, f"Give your ballot: {second.title}")
        member.send("Give my ballot", choice=choice)
        assert member.says("Your ballot is in the box.")
    member.send("Count the vote")
    assert member.says("and 13 have not voted yet.") and member.says("2 of 15 ballots are in.")
    told.vote(second, without(members, ADA, CEM), yes=8, no=4, abstain=1)
    ada.page.reload()
    ada.send("Count the vote")
    cem = enter(CEM, DECISIONS, second.title, "Write a minority statement")
    cem.send("Add the statement", text=told.MINORITY, with_name=True)
    stranger = enter("", second.title)
    for words in ("Adopted by 9 to 5.", f"Minority statement, {CEM}", told.MINORITY):
        assert stranger.says(words), words
    assert not stranger.says("Ada")


def finalise(enter, circle: Circle, session: Meeting) -> WorkOrder:
    office = enter("otto", "End the work order with an adopted proposal")
    choose(office, "decision", told.PROPOSAL["title"])
    choose(office, "meeting", session.number)
    office.send("End the work order", result_de="Warmes Licht am Fluss.")
    order = circle.work_order
    stranger = enter("", start=reverse("meeting", args=[session.year, session.ordinal]))
    assert stranger.says(f"Result of work order {order.number}")
    return order


def choose(visitor: Visitor, name: str, words: str):
    """Choose what these words stand in."""
    option = visitor.page.locator(f"[name={name}] option", has_text=words)
    visitor.page.locator(f"[name={name}]").select_option(option.inner_text())


def present_and_prepare(enter, order: WorkOrder, session: Meeting):
    """The D.I.V. has seen it; the office writes the result and what becomes of each measure."""
    office = enter("otto", "The whole work order", "Note the presentation")
    choose(office, "meeting", session.number)
    office.send("Note the presentation")
    office.follow("Prepare the result")
    office.send("Save the result", **told.RESULT)
    due = f"{session.starts_at + 90 * DAY:%Y-%m-%d}"
    for title, state, note in told.MEASURES:
        office.follow("Add a measure")
        office.send(
            "Save the measure", title_de=title, responsible="Amt für Verkehr", due_on=due,
            state=state, note_de=note,
        )  # fmt: skip
    assert office.says("Somebody else of the office publishes it.")
    assert enter("").open(reverse("result", args=[order.number])).status == 404


def nobody_inside_publishes(enter, scene, order: WorkOrder):
    """Not a member, not a member who works for the office, not whoever prepared it."""
    publishing = reverse("result_publish", args=[order.number])
    assert enter(ADA).open(publishing).status == 403
    assert enter(ADA, start=publishing).says("This page is not open to you")
    ben = scene.people[BEN]
    TOTP.activate(ben, generate_totp_secret())
    mandates.grant(ben, Role.OFFICE, by=None)
    for who, sentence in (
        (BEN, "You have or had a seat in this circle. A circle does not publish its own result"),
        ("otto", "You have prepared this result. A second person must look at it."),
    ):
        visitor = enter(who, start=publishing)
        visitor.page.fill("[name=answer_due_on]", f"{timezone.localdate() + 60 * DAY:%Y-%m-%d}")
        visitor.page.get_by_role("button", name="Publish the result", exact=True).click()
        visitor.page.locator(".sb-errors").wait_for()
        assert visitor.says(sentence)
    assert Result.objects.get(work_order=order).state == "prepared"


def publish(enter, scene, order: WorkOrder):
    """A second person of the office, whose second factor is of this minute."""
    scene.people["olga"] = second_office()
    olga = enter("olga", "Publish the result", start=reverse("result", args=[order.number]))
    due = timezone.localdate() + 60 * DAY
    olga.send("Publish the result", answer_due_on=f"{due:%Y-%m-%d}")
    assert olga.says("The result is public. Everybody who took part is told.")


def read_as_everybody(enter, order: WorkOrder, inbox):
    """The result, its decision, the thread and the sealed document; members are told by mail."""
    result = Result.objects.get(work_order=order)
    told_to = addressees(deliver(inbox, kind="result_published", body__contains=order.number))
    assert len(told_to) == 16 and told.address_of(ADA) in told_to  # also who has left
    work_off(Effect.objects.filter(kind=papers.EFFECT, key=str(result.pk)))
    stranger = enter("", "To the result")
    for title, _state, note in told.MEASURES:
        assert stranger.says(title) and stranger.says(note)
    assert stranger.says("Adopted by consent") and stranger.says("Next answer by")
    assert stranger.fetch("Result (PDF, sealed)").startswith(b"%PDF-")
    stranger.follow("Check the document")
    stranger = enter("", "To the result", told.TRAFFIC["title"])
    assert stranger.says(told.MINORITY)
    stranger = enter("", f"Thread {order.vision.thread}: from this vision to what became of it")
    for words in (NAME, told.PROPOSAL["title"], told.RESULT["title_de"]):
        assert stranger.says(words), words


def say_what_became_of_it(enter, order: WorkOrder, inbox):
    """The day has passed: everybody sees it until the office answers; members are told."""
    stranger = enter("", "With an overdue answer", start="/ergebnisse/")
    stranger.follow(told.RESULT["title_de"])
    assert stranger.says("Answer overdue since")
    thread = f"Thread {order.vision.thread}: from this vision to what became of it"
    assert enter("", thread).says("An answer is overdue:")
    assert enter("otto", start=reverse("desk")).says("Everybody sees when this answer is overdue.")
    office = enter("otto", "To the result", "Answer: what became of it")
    next_due = timezone.localdate() + 180 * DAY
    office.send("Publish the answer", text_de=told.ANSWER, next_due_on=f"{next_due:%Y-%m-%d}")
    office.follow(f"Note a step: {told.MEASURES[0][0]}")
    office.send("Note the step", state="done")
    stranger = enter("", "To the result")
    assert stranger.says(told.ANSWER) and stranger.says("late, due on")
    assert not stranger.says("Answer overdue since")
    assert len(deliver(inbox, kind="result_answered", body__contains=told.ANSWER)) == 16
    enter("otto").send("End the work of the circle")

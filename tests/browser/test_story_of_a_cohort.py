"""A cohort of a learning network in Chromium: a peer consultation, and what politics hears of it.

The office sets up, invites and publishes, and never reads the room; seven people join, one of them
brings a case and alone releases what came of it.
"""

from __future__ import annotations

import re
from functools import partial

import pytest
from django.urls import reverse

from formats.learning import papers
from formats.models import Recommendation
from foundation.accounts.models import User
from foundation.effects.models import Effect
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from tests.browser.background import work_off
from tests.browser.visitor import Visitor
from tests.stories import cohort as told

pytestmark = pytest.mark.browser

# The first brings the case, the second moderates, the third takes notes, the others advise.
PEOPLE = told.NAMES.split()[:7]
GIVER, MODERATOR, NOTE_TAKER, *ADVISERS = PEOPLE
NETWORK, COHORT = told.NETWORK["name_de"], f"Cohort {told.NET[1]}"
CASE, TITLE = told.CASE["title"], told.RECOMMENDATION["title_de"]
PHASES = ("Casting", "Spontaneous story", "Key question", "Choice of method", "Advice", "Closing")
ON = "On to the next phase"


@pytest.fixture
def enter(enter):
    return partial(enter, start="/lernnetzwerk/")


@pytest.mark.req("R72")
@pytest.mark.req("R73")
@pytest.mark.req("R76")
@pytest.mark.req("R77")
@pytest.mark.req("R79")
@pytest.mark.req("R85")
@pytest.mark.req("R87")
def test_a_cohort_consults_and_tells_politics(enter, scene, inbox):
    found_a_network(enter)
    invite(enter)
    for name in PEOPLE:
        scene.people[name] = User.objects.get(email=f"{name.lower()}@example.org")
        join(enter, name, inbox)
    make_groups(enter)
    ask_each_other(enter)
    address = bring_a_case(enter)
    consult(enter)
    release(enter, address)
    recommend(enter)
    answer(enter)


def found_a_network(enter):
    office = enter("otto", "New learning network")
    host = office.page.locator("[name=host] option").nth(1).inner_text()
    office.send("Save", host=host, **told.NETWORK)
    assert enter("").says(NETWORK) is False
    office.send("Publish the network")
    office.follow("New cohort")
    office.send("Save", year=told.NET[1])
    for kind, title in told.SESSIONS:
        office.follow("Add a session")
        office.send("Save", kind=kind, title_de=title)
    office.send("Start the cohort")
    programme = enter("", NETWORK, COHORT).page.locator("#programm").locator("xpath=../..")
    assert programme.locator("h3").all_inner_texts() == ["Auftakt", "Kultur", "Beratung"]


def invite(enter):
    office = enter("otto", NETWORK, COHORT, "Participants")
    for name in PEOPLE:
        office.follow("Invite somebody")
        office.send("Save", **told.invited(name))


def join(enter, name: str, inbox):
    """By the link of the mail, with the rules accepted; without them there is no way in."""
    mails = OutgoingMail.objects.filter(
        kind="learning_invitation", to=f"{name.lower()}@example.org"
    )
    work_off(outbox.deliveries_of(mails))
    link = re.search(r"https?://[^/]+(/lernnetzwerk/\S+/beitreten/)", inbox[-1].body)[1]
    member = enter(name, start=link)
    assert member.says(told.NETWORK["rules_de"])
    if name == GIVER:
        member.page.get_by_role("button", name="Take part", exact=True).click()
        member.page.locator(".sb-errors").wait_for()
        assert member.says("Please accept the rules: they protect everybody in the room.")
    member.send("Take part", organisation=f"{name} AG", accepts_rules=True)
    assert member.says("Room of the cohort")


def make_groups(enter):
    office = enter("otto", NETWORK, COHORT, "Peer groups")
    office.send("Make these groups")
    assert office.says("Group 1 (7)")
    room = reverse("cohort_room", args=told.NET)
    assert office.open(room).status == 404
    stranger = enter("")
    stranger.open(room)
    assert stranger.page.url.partition("?")[0].endswith(reverse("account_login"))


def come_in(enter, name: str, *links: str) -> Visitor:
    return enter(name, NETWORK, "Into the room", *links)


def ask_each_other(enter):
    giver = come_in(enter, GIVER, "Bring something in")
    giver.send("Save", openness="our cohort", **told.QUESTION)
    mate = come_in(enter, MODERATOR, told.QUESTION["title"])
    mate.send("Answer", text=told.REPLY)
    giver.page.reload()
    assert giver.says(told.REPLY)


def bring_a_case(enter) -> str:
    """The case and its roles; whoever is in no consultation cannot read it."""
    giver = come_in(enter, GIVER, "Bring a case")
    giver.send("Save", **told.CASE)
    address = "/" + giver.page.url.split("/", 3)[3]
    giver.follow("Name the roles")
    giver.send(
        "Save",
        moderator=seat(MODERATOR),
        note_taker=seat(NOTE_TAKER),
        advisers=[seat(name) for name in ADVISERS],
    )
    for stranger in ("", "otto"):
        assert enter(stranger).open(address).status == 404
    return address


def seat(name: str) -> str:
    return f"{name}, {name} AG"


def consult(enter):
    """Through the six phases: each of the people does on the page what is their turn."""
    giver, moderator, note_taker = (
        come_in(enter, name, CASE) for name in (GIVER, MODERATOR, NOTE_TAKER)
    )
    moderator.send("Begin")
    seen = [phase_of(moderator)]
    moderator.send(ON)
    seen.append(phase_of(moderator))
    giver.page.reload()
    giver.send("Write it down", key_question=told.KEY_QUESTION)
    moderator.send(ON)
    seen.append(phase_of(moderator))
    moderator.send(ON)
    seen.append(phase_of(moderator))
    moderator.send("Write it down", method="Good advice")
    moderator.send(ON)
    seen.append(phase_of(moderator))
    assert moderator.axe() == []
    note_taker.page.reload()
    note_taker.send("Write it down", text=told.ADVICE)
    note_taker.send("Write it down", text="Fragen Sie andere.")
    assert not come_in(enter, ADVISERS[0], CASE).says(told.ADVICE)
    moderator.send(ON)
    seen.append(phase_of(moderator))
    assert tuple(seen) == PHASES
    giver.page.reload()
    assert giver.says(told.ADVICE) and giver.says("Fragen Sie andere.")
    giver.send("Write it down", takeaway=told.TAKEAWAY, helpful=[told.ADVICE])
    moderator.send("Finish the consultation")
    assert moderator.says(told.KEY_QUESTION)


def phase_of(visitor: Visitor) -> str:
    return visitor.page.locator("li[aria-current=step] b").inner_text()


def release(enter, address: str):
    """Only the case giver lets others read: question, what helped and what is taken away."""
    stranger = enter("")
    assert stranger.open(address).status == 404
    giver = come_in(enter, GIVER, CASE, "Release the result")
    giver.send("Save", openness="everybody")
    stranger = enter("", NETWORK, COHORT, CASE)
    for words in (told.KEY_QUESTION, told.ADVICE, told.TAKEAWAY):
        assert stranger.says(words)
    for secret in (told.CASE["situation"], "Fragen Sie andere.", GIVER, MODERATOR):
        assert not stranger.says(secret)
    assert stranger.axe() == []
    assert not enter("", NETWORK, COHORT).says(told.QUESTION["title"])


def recommend(enter):
    """From the consultation to a sealed paper with its evidence."""
    office = enter("otto", NETWORK, COHORT, "Draft a recommendation")
    office.send("Save", sessions=["Beratung"], **told.RECOMMENDATION)
    assert not enter("", NETWORK, COHORT).says(TITLE)
    office.send("Publish")
    made = Recommendation.objects.get(network__slug=told.NET[0])
    work_off(Effect.objects.filter(kind=papers.EFFECT, key=str(made.pk)))
    stranger = enter("", NETWORK, COHORT, TITLE)
    for name in ("first_de", "second_de", "third_de", "addressee_de", "demand_de"):
        assert stranger.says(told.RECOMMENDATION[name])
    assert stranger.says("Where it comes from") and stranger.says("Beratung (Peer consultation")
    assert stranger.axe() == []
    assert stranger.fetch("Policy paper (PDF, sealed)").startswith(b"%PDF-")


def answer(enter):
    office = enter("otto", NETWORK, COHORT, TITLE, "Note the answer")
    office.send("Save", **told.ANSWER)
    assert enter("", NETWORK, COHORT, TITLE).says(told.ANSWER["answer_de"])

"""A year of the D.I.V. in Chromium: three sessions, with a prioritisation, a draw and a result.

The office prepares and takes the minutes, the chair leads, members vote on their own devices; all
of them come by the links of the pages. The clock of this process travels from day to day; a draw
goes by the database's, for which the simulated clock of a demonstration stands in.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.models import Call
from formats.models import Meeting, Minutes, Vision, WorkOrder
from formats.sittings import minutes
from foundation.accounts.models import User
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from tests.browser.background import work_off
from tests.browser.scene import lead_to
from tests.browser.visitor import Visitor
from tests.circles.factories import make_call, make_circle, make_work_order
from tests.circles.results import prepared, publish
from tests.formats.ics import parsed
from tests.stories.div_year import (
    DAYS,
    MEMBERS,
    MINORITY,
    MOVED,
    PLACE,
    RESOLVED,
    YEAR,
    at,
    moment,
)

pytestmark = pytest.mark.browser

DRAW = "demo-div-jahr"
VISION, OTHER, ROUND = "Home safely in the evening", "More trees", f"Where does {YEAR + 1} begin?"
CHAIR, BOARD, CLUB = (member["name"] for member in MEMBERS)
GROUPS = ("Specialist departments", "Advisory boards", "Further actors of the urban society")
DECISIONS, WEIGHING = "Resolutions and work orders", "Topics and visions"


@pytest.fixture
def enter(enter):
    return partial(enter, start="/div/")


@pytest.mark.req("R98")
@pytest.mark.req("R103")
@pytest.mark.req("R105")
@pytest.mark.req("R106")
@pytest.mark.req("R107")
@pytest.mark.req("R109")
@pytest.mark.req("R121")
def test_three_sessions_of_one_year(enter, scene, inbox):
    with at("2031-01-10 09:00"):
        admit_members(enter)
        plan(enter)
        invite(enter, 1)
    read_the_invitation(inbox)
    scene.people["jonas"] = User.objects.get(email=MEMBERS[1]["email"])

    with at("2031-03-11 17:30"):
        open_session(enter, 1, CHAIR, BOARD, CLUB)
        weigh(enter)
        resolve(enter)
        finish(enter, 1)

    with at("2031-05-20 09:00"):
        answer_and_order(enter)
        call = call_for_a_circle(scene)
        invite(enter, 2)
    people_apply_for(call, scene)
    with at("2031-06-17 17:30"):
        open_session(enter, 2, CHAIR, CLUB)
        hall = enter("", "Session 2/2031", f"Where it happens: {title_of_draw(call)}")
    draw(enter, call, hall)
    with at("2031-06-17 18:30"):
        minute_the_draw(enter, call)
        approve(enter, 1, in_session=2)
        finish(enter, 2)

    with at("2031-10-01 09:00"):
        announce_the_result(enter)
        invite(enter, 3)
    with at("2031-10-28 17:30"):
        open_session(enter, 3, CHAIR, BOARD, CLUB)
        present(enter)
        vote_by_device(enter)
        approve(enter, 2, in_session=3)
        finish(enter, 3)

    seal_the_minutes()
    with at("2031-11-10 09:00"):
        read_as_stranger(enter)


def admit_members(enter):
    office = enter("otto")
    assert office.says("Fewer than 2 sessions are planned for 2031 so far.")
    for member in MEMBERS:
        office.follow("Add a member")
        office.send("Add", **member)
    stranger = enter("")
    for member, group in zip(MEMBERS, GROUPS, strict=True):
        assert stranger.says(f"{group} {member['on_behalf_of']}")
        assert not stranger.says(member["name"])


def plan(enter):
    for day in DAYS:
        enter("otto", "New session").send("Fix the session", day=day, **PLACE)
    assert not enter("otto").says("are planned for 2031")


def session(enter, who: str, number: int, *links: str) -> Visitor:
    return enter(who, f"Session {number}/{YEAR}", *links)


def invite(enter, number: int):
    office = session(enter, "otto", number, "Prepare this session")
    office.send("Fill in the customary agenda")
    office.send("Invite all members")
    office.send("Let all 3 mails go", is_read=True)


def read_the_invitation(inbox):
    mails = OutgoingMail.objects.filter(kind="meeting_invitation", to__in=addresses())
    work_off(outbox.deliveries_of(mails))
    assert sorted(mail.to[0].rpartition("<")[2].rstrip(">") for mail in inbox) == addresses()
    for mail in inbox:
        assert ". Priorisierung\n" in mail.body and f"/div/sitzungen/{YEAR}-1/" in mail.body
        (event,) = parsed(mail.attachments[0][1]).events
        assert event.begins.isoformat() == "2031-03-11T16:30:00+00:00"


def addresses() -> list[str]:
    return sorted(member["email"] for member in MEMBERS)


def open_session(enter, number: int, *names: str):
    chair = session(enter, "vera", number, "Prepare this session")
    chair.send("Open the session")
    for name in names:
        chair.send(f"{name} is here")
    assert chair.says(f"{len(names)} of 3 votes present, 2 needed")


def weigh(enter):
    """The chair puts two topics to the vote; each member has five points on the own device."""
    chair = session(enter, "vera", 1, "New prioritisation")
    chair.send(
        "Prepare the vote", title_de="Womit beginnt das nächste Jahr?", title_en=ROUND,
        question_de="Was ist am wichtigsten?", question_en="What matters most?",
        visions=[VISION], others=f"Mehr Bäume | {OTHER}",
    )  # fmt: skip
    chair.send("Open the vote")
    for who, vision, other in (("vera", 3, 2), ("jonas", 3, 1), ("dora", 1, 3)):
        member = enter(who, ROUND, "Give my ballot")
        member.page.get_by_label(f"1. {VISION}").select_option(str(vision))
        member.page.get_by_label(f"2. {OTHER}").select_option(str(other))
        member.send("Give my ballot")
        assert member.says("Your ballot is in the box.")
    assert enter("", ROUND).says("Nobody sees a result before the vote is closed.")
    chair = enter("vera", ROUND, "Run this prioritisation")
    assert chair.says("3 of 3 have voted.")
    chair.send("Close and count")
    assert rows_of(chair) == [["1", VISION, "7", "3"], ["2", OTHER, "6", "3"]]
    chair.follow(f"Note the reasons: {VISION}")
    chair.send("Save the reasons", reason_de="Es hilft sofort.", reason_en="It helps at once.")
    assert chair.axe() == []


def rows_of(visitor: Visitor) -> list[list[str]]:
    """The ranking, line by line."""
    rows = visitor.page.locator("details.sb-data tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def resolve(enter):
    """The office minutes what is moved, the chair counts hands, the outvoted are quoted."""
    office = session(enter, "otto", 1, "Attendance and minutes", DECISIONS)
    office.send("Note it", text=MOVED, speaker=f"{BOARD} ({MEMBERS[1]['on_behalf_of']})")
    chair = session(enter, "vera", 1, "Attendance and minutes", DECISIONS, "Open a vote")
    chair.send("Open a vote", wording=RESOLVED, procedure="show of hands")
    chair.send("Note the figures", yes=2, no=1, abstain=0)
    assert chair.says("Resolution DIV-2031-01/01") and chair.says("2 yes, 1 no, 0 abstentions")
    chair.follow("Add a minority opinion")
    chair.send("Keep it", on_behalf_of=MEMBERS[2]["on_behalf_of"], text=MINORITY)


def finish(enter, number: int):
    """The chair closes; the office lays the minutes before the members, who get them by mail."""
    chair = session(enter, "vera", number, "Attendance and minutes")
    assert chair.axe() == []
    chair.send("Close the session")
    office = session(enter, "otto", number, "Attendance and minutes", "Chair, minute taker, guests")
    office.send("Save", chair=CHAIR, taker="Otto Amtmann")
    office.send("Lay the minutes before the members")
    office.send("Let all 3 mails go", is_read=True)
    stranger = session(enter, "", number)
    assert stranger.says("The next session approves the minutes.")


def answer_and_order(enter):
    """The office takes the advice up: vision, work order, project of its own."""
    office = enter("otto", ROUND, f"Answer the advice: {VISION}")
    office.send(
        "Publish the answer", outcome="taken up", answer_reason_de="Wir beginnen.",
        answer_reason_en="We begin.", vision=VISION,
    )  # fmt: skip
    assert enter("", ROUND).says("Answer of the office: taken up. We begin.")
    office = enter("otto", VISION, "Derive a work order")
    office.send(
        "Give the order", question_de="Wo fehlt Licht?", question_en="Where is light missing?",
        expected_result_de="Eine Karte", limits_de="Kein Geld", addressee="project of the office",
        contact="Büro", due_on="2031-10-01",
    )  # fmt: skip
    office.follow("Begin the project")
    office.send("Begin the project", title_de="Lichtkarte", title_en="Map of light")
    office.send("Work has begun")
    assert enter("", VISION).says(f"1/{YEAR} {ROUND}")


def call_for_a_circle(scene) -> Call:
    """Citizens are sought for a circle; the draw is in the second session."""
    otto = scene.people["otto"]
    vision = Vision.objects.filter(state="adopted").first()
    circle = make_circle(
        otto, name="Lichtzirkel", order=make_work_order(otto, vision=vision), is_demo=True
    )
    second = Meeting.objects.get(year=YEAR, ordinal=2)
    return make_call(otto, circle=circle, meeting=second, draw_id=DRAW, days=28)


def people_apply_for(call: Call, scene):
    """Seven apply; two people type the dice of the evening, and all is ready for the draw."""
    ahead = moment("2031-06-16 17:30") - timezone.now() + dt.timedelta(seconds=1)
    Call.objects.filter(pk=call.pk).update(clock_ahead=ahead)
    call.refresh_from_db()
    lead_to("draw", call, scene.people)


def title_of_draw(call: Call) -> str:
    return f"Draw by lot: innovation circle “{call.circle.name}”"


def draw(enter, call: Call, hall: Visitor):
    """The item of the agenda has led the hall to the live view; it sees the places come."""
    assert hall.page.url.endswith(reverse("draw_live", args=[DRAW]))
    leo = enter("leo")
    leo.open(reverse("draw_desk", args=[call.pk]))
    leo.send("Draw now")
    assert work.drain("draw") >= 1
    hall.page.locator(".sb-live__places .is-done").first.wait_for()
    call.refresh_from_db()
    later = call.clock_ahead + dt.timedelta(seconds=30)
    Call.objects.filter(pk=call.pk).update(clock_ahead=later)
    hall.page.get_by_text("All places are drawn.").first.wait_for()


def minute_the_draw(enter, call: Call):
    office = session(enter, "otto", 2, "Attendance and minutes", title_of_draw(call))
    office.follow("Write the result")
    office.send(
        "Save", result_de="Fünf Plätze sind ausgelost.", result_en="Five seats are drawn by lot."
    )
    assert session(enter, "", 2).says("What came of it: Five seats are drawn by lot.")


def approve(enter, number: int, *, in_session: int):
    office = session(enter, "otto", number, "Attendance and minutes", "Note the approval")
    office.send("Note the approval", session=f"{in_session}/{YEAR}")
    later = session(enter, "", in_session)
    assert later.says(f"The minutes of session {number}/{YEAR} are approved.")


def announce_the_result(enter):
    office = enter("otto", "Where is light missing?", "The result is there")
    third = office.page.locator("[name=meeting] option", has_text=f"3/{YEAR}").inner_text()
    office.send(
        "Save the result", result_de="Zwölf dunkle Wege.", result_en="Twelve dark paths.",
        meeting=third,
    )  # fmt: skip


def present(enter):
    """The result is an item of the agenda; once it was presented, everybody reads it."""
    office = enter("otto", "Where is light missing?", "Note the presentation")
    third = office.page.locator("[name=meeting] option", has_text=f"3/{YEAR}").inner_text()
    office.send("Note the presentation", meeting=third)
    number = office.page.url.rstrip("/").rpartition("/")[2]
    assert session(enter, "", 3).says(f"Result of work order {number}")
    assert not enter("", "Where is light missing?").says("Twelve dark paths.")
    otto = User.objects.get(email="otto@example.org")
    publish(prepared(otto, order=WorkOrder.objects.get(number=number)), otto)
    stranger = enter("", "Where is light missing?")
    assert stranger.says("Twelve dark paths.") and stranger.says("Presented in session 3/2031")


def vote_by_device(enter):
    """Each member votes on the own device; nobody knows the figures before the chair closes."""
    chair = session(enter, "vera", 3, "Attendance and minutes", WEIGHING, "Open a vote")
    chair.send("Open a vote", wording="Mobilität zuerst.", procedure="ballot by own device")
    for who, choice in (("vera", "yes"), ("jonas", "abstention"), ("dora", "yes")):
        member = session(enter, who, 3, "DIV-2031-03/01")
        member.send("Cast the vote", choice=choice)
        assert member.says("You have voted.")
        assert member.page.get_by_role("button", name="Cast the vote").count() == 0
    chair.page.reload()
    assert chair.says("3 votes of 3 are in.")
    chair.send("Close the vote")
    assert chair.says("2 yes, 0 no, 1 abstentions")


def seal_the_minutes():
    """The seal of the tests is one of today."""
    approved = Minutes.objects.filter(meeting__year=YEAR, state="approved")
    assert approved.count() == 2
    keys = [str(each.pk) for each in approved]
    work_off(Effect.objects.filter(kind=minutes.EFFECT, key__in=keys))


def read_as_stranger(enter):
    """Everybody reads what was resolved and by how many, and nobody's name."""
    stranger = session(enter, "", 1)
    for words in (RESOLVED, "2 yes, 1 no, 0 abstentions", MINORITY, "Approved and sealed."):
        assert stranger.says(words)
    for member in MEMBERS:
        assert not stranger.says(member["name"])
    assert stranger.axe() == []
    assert stranger.fetch("Read the sealed minutes").startswith(b"%PDF-")

"""A year of the D.I.V. with three sessions: invite, attend, resolve, minute, approve."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from formats.models import AgendaItem, Meeting, Membership, Minutes, Resolution
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from tests.conftest import login
from tests.formats.ics import parsed
from tests.stories.div_year import DAYS, MEMBERS, MINORITY, MOVED, PLACE, RESOLVED, at
from tests.stories.test_citizen import post

ENGLISH = {"accept-language": "en"}


def set_up(office) -> None:
    post(office, "div_setup", purpose_de="Austausch auf Augenhöhe")
    for member in MEMBERS:
        post(office, "member_create", **member)


def plan(office, day: str, **more) -> Meeting:
    post(office, "meeting_create", day=day, **PLACE, **more)
    return Meeting.objects.latest("pk")


def invite(office, meeting: Meeting) -> None:
    place = (meeting.year, meeting.ordinal)
    post(office, "agenda_standard", place)
    post(office, "meeting_invite", place)
    for mail in OutgoingMail.objects.filter(kind="meeting_invitation", state="held"):
        outbox.release(mail, by=None)


def item_of(meeting: Meeting, kind: str) -> AgendaItem:
    return meeting.agenda_items.get(kind=kind)


def attend(office, meeting: Meeting, *names: str) -> None:
    place = (meeting.year, meeting.ordinal)
    post(office, "session_open", place)
    for name in names:
        post(office, "session_arrive", (*place, Membership.objects.get(user__name=name).pk))


def resolve(office, meeting: Meeting, *, yes: int, no: int, wording: str = RESOLVED) -> Resolution:
    item = item_of(meeting, "resolutions")
    top = (meeting.year, meeting.ordinal, item.position)
    speaker = Membership.objects.get(user__name="Jonas Beirat")
    post(office, "session_item", top, text=MOVED, speaker=speaker.pk)
    post(office, "resolution_open", top, wording=wording, procedure="hands")
    made = Resolution.objects.latest("pk")
    post(office, "resolution_count", numbers(made), yes=yes, no=no, abstain=0)
    made.refresh_from_db()
    return made


def numbers(made: Resolution) -> tuple[int, int, int]:
    return made.year, made.ordinal, made.n


def finish(office, meeting: Meeting) -> Minutes:
    place = (meeting.year, meeting.ordinal)
    post(office, "meeting_hold", place)
    post(office, "minutes_people", place, chair="Vera Vorsitz", taker="Otto", guests="")
    post(office, "minutes_submit", place)
    return Minutes.objects.get(meeting=meeting)


@pytest.mark.req("R107")
@pytest.mark.req("R98")
def test_a_year_of_the_div(otto, do_work, inbox):
    with at("2031-01-10 09:00"):
        office = login(Client(), otto, fresh=True)
        set_up(office)
        page = office.get(reverse("div"), headers=ENGLISH).content.decode()
        assert "Fewer than 2 sessions are planned for 2031 so far." in page
        first, second, third = (plan(office, day) for day in DAYS)
        invite(office, first)
        do_work()
    assert sorted(mail.to[0].rpartition("<")[2].rstrip(">") for mail in inbox) == [
        "dora@example.org", "jonas@example.org", "vera@example.org",
    ]  # fmt: skip
    (event,) = parsed(inbox[0].attachments[0][1]).events
    assert event.begins.isoformat() == "2031-03-11T16:30:00+00:00"

    with at("2031-03-11 17:30"):
        office = login(Client(), otto, fresh=True)
        attend(office, first, "Vera Vorsitz", "Jonas Beirat", "Dora Runde")
        made = resolve(office, first, yes=2, no=1)
        assert (made.number, made.state) == ("DIV-2031-01/01", "adopted")
        post(
            office, "minority_new", numbers(made), on_behalf_of="Verein Musterviertel",
            text=MINORITY,
        )  # fmt: skip
        finish(office, first)
        stranger = Client()
        assert "The next session approves the minutes." in _page(stranger, first)

    with at("2031-05-20 09:00"):
        office = login(Client(), otto, fresh=True)
        invite(office, second)
    with at("2031-06-17 17:30"):
        office = login(Client(), otto, fresh=True)
        attend(office, second, "Vera Vorsitz", "Dora Runde")
        _without_quorum(office, second)
        post(
            office, "minutes_approve", (first.year, first.ordinal), session=second.pk,
            objections="",
        )  # fmt: skip
        assert item_of(second, "minutes").result.get("en").endswith("are approved.")
        finish(office, second)

    with at("2031-10-01 09:00"):
        office = login(Client(), otto, fresh=True)
        invite(office, third)
        page = office.get(reverse("div"), headers=ENGLISH).content.decode()
        assert "planned for 2031" not in page
        assert "Fewer than 2 sessions are planned for 2032 so far." in page
    with at("2031-10-28 17:30"):
        office = login(Client(), otto, fresh=True)
        attend(office, third, "Vera Vorsitz", "Jonas Beirat", "Dora Runde")
        _by_device(office, third)
        post(office, "minutes_approve", (second.year, second.ordinal), session=third.pk)
        finish(office, third)

    # The seal of the tests is one of today.
    do_work()
    stranger = Client()
    page = _page(stranger, first)
    assert RESOLVED in page and "2 yes, 1 no, 0 abstentions" in page
    assert "Wir hätten zuerst die Fußwege erneuert." in page
    assert not re.search("Vera|Jonas|Dora", page)
    pdf = stranger.get(reverse("minutes_pdf", args=[first.year, first.ordinal]))
    assert pdf.content.startswith(b"%PDF-")
    events = parsed(stranger.get(reverse("div_calendar")).content).events
    # The third one lies two days after the change of the clocks.
    assert [each.begins.isoformat() for each in events] == [
        "2031-03-11T16:30:00+00:00", "2031-06-17T15:30:00+00:00", "2031-10-28T16:30:00+00:00",
    ]  # fmt: skip
    states = stranger.get(reverse("oparl_list", args=["meeting"])).json()["data"]
    assert [each["meetingState"] for each in states] == ["durchgeführt"] * 3


def _page(client, meeting: Meeting) -> str:
    address = reverse("meeting", args=[meeting.year, meeting.ordinal])
    return client.get(address, headers=ENGLISH).content.decode()


def _without_quorum(office, meeting: Meeting) -> None:
    """Somebody leaves, and the vote that would follow is refused with its sentence."""
    place = (meeting.year, meeting.ordinal)
    gone = Membership.objects.get(user__name="Dora Runde")
    post(office, "session_leave", (*place, gone.pk))
    top = (*place, item_of(meeting, "resolutions").position)
    answer = office.post(
        reverse("resolution_open", args=top),
        {"wording": "Ohne Mehrheit", "procedure": "hands"},
        headers=ENGLISH,
    )
    sentence = "No quorum: votes needed 2, present 1. Nothing was decided."
    assert sentence in answer.content.decode() and "Ohne Mehrheit" in answer.content.decode()
    post(office, "session_arrive", (*place, gone.pk))


def _by_device(office, meeting: Meeting) -> None:
    """Each member votes on the own device; the chair closes the vote."""
    top = (meeting.year, meeting.ordinal, item_of(meeting, "visions").position)
    post(office, "resolution_open", top, wording="Mobilität zuerst.", procedure="ballots")
    made = Resolution.objects.latest("pk")
    for name, choice in (("Vera", "yes"), ("Jonas", "abstain"), ("Dora", "yes")):
        member = Membership.objects.get(user__name__startswith=name)
        post(login(Client(), member.user), "resolution_vote", numbers(made), choice=choice)
    post(office, "resolution_close", numbers(made))
    made.refresh_from_db()
    assert (made.yes, made.no, made.abstain, made.state) == (2, 0, 1, "adopted")

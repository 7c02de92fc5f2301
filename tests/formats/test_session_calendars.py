"""Calendars in an independent reader: right instants over both changes of the clocks, no leaks."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from formats.models import Body, Meeting
from formats.sittings import bodies, meetings, session_calendars
from tests.formats.factories import make_body, make_meeting, text
from tests.formats.ics import parsed
from tests.formats.rooms import DAY, HOUR, five, invited
from tests.formats.test_minutes import approved

# One hour before and after each change of the clocks in 2031: 30 March and 26 October.
CHANGES = [
    dt.datetime(2031, 3, 30, 0, 30, tzinfo=dt.UTC), dt.datetime(2031, 3, 30, 1, 30, tzinfo=dt.UTC),
    dt.datetime(2031, 10, 25, 23, 0, tzinfo=dt.UTC), dt.datetime(2031, 10, 26, 2, 0, tzinfo=dt.UTC),
]  # fmt: skip


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Helsinki"])
def test_instants_are_right_over_both_changes_of_the_clocks(client, otto, zone):
    body = make_body(otto)
    Body.objects.filter(pk=body.pk).update(time_zone=zone)
    for at in CHANGES:
        make_meeting(otto, starts_at=at)
    calendar = parsed(client.get(reverse("div_calendar")).content)
    assert calendar["VERSION"] == "2.0"
    zones = {part["TZID"] for part in calendar.parts if part.kind == "VTIMEZONE"}
    assert zones == {zone}
    assert [event.begins for event in calendar.events] == CHANGES
    assert [event.moment("DTEND") for event in calendar.events] == [at + 2 * HOUR for at in CHANGES]


def test_the_id_stays_and_the_version_grows(client, otto):
    meeting = invited(otto, starts_at=timezone.now() + 40 * DAY)
    address = reverse("div_calendar")
    (before,) = parsed(client.get(address).content).events
    assert (before["STATUS"], before["SEQUENCE"]) == ("CONFIRMED", "0")
    later = meeting.starts_at + HOUR
    meetings.move(meeting, starts_at=later, ends_at=later + HOUR, place="Aula", by=otto)
    meetings.cancel(meeting, by=otto)
    (after,) = parsed(client.get(address).content).events
    assert after["UID"] == before["UID"]
    assert (after["STATUS"], after["SEQUENCE"]) == ("CANCELLED", "2")


def test_a_session_that_is_only_planned_is_tentative(client, otto):
    make_meeting(otto)
    (event,) = parsed(client.get(reverse("div_calendar")).content).events
    assert event["STATUS"] == "TENTATIVE"


def test_sessions_behind_closed_doors_and_private_bodies_are_in_no_calendar(client, otto):
    body = make_body(otto)
    closed = make_meeting(otto, is_public=False, place="Hinterzimmer")
    for path in (
        reverse("div_calendar"), reverse("div_feed"), reverse("oparl_list", args=["meeting"]),
        reverse("oparl_list", args=["agendaitem"]),
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Hinterzimmer" not in answer.content.decode()
        assert f"{closed.year}-{closed.ordinal}" not in answer.content.decode()
    Body.objects.filter(pk=body.pk).update(is_public=False)
    assert parsed(client.get(reverse("div_calendar")).content).events == []


def test_odd_words_stay_one_property(otto):
    place = "Saal; 1, Hof\\Ost\nEND:VEVENT"
    meeting = make_meeting(otto, place=place[:200])
    (event,) = parsed(session_calendars.calendar([meeting], title="D.I.V.; ü")).events
    assert event["LOCATION"] == place


def test_the_feed_tells_invitation_resolution_and_minutes(client, otto, do_work):
    found = approved(otto, five(otto), do_work)
    answer = client.get(reverse("div_feed"), headers={"accept-language": "en"})
    assert answer["Content-Type"].startswith("application/atom+xml")
    words = answer.content.decode()
    for sentence in (
        f"Invitation to session {found.meeting.number}",
        f"Minutes of session {found.meeting.number}",
        f"Resolution {found.meeting.reference}/01: adopted",
    ):
        assert sentence in words
    again = client.get(reverse("div_feed"), headers={
        "accept-language": "en", "if-none-match": answer["ETag"],
    })  # fmt: skip
    assert again.status_code == 304


def test_another_bodys_sessions_are_not_those_of_the_div(client, otto):
    make_body(otto)
    other = bodies.set_up_body("rat", name="Rat", short_name="RAT", purpose=text("x"), by=otto)
    start = timezone.now() + DAY
    meetings.schedule(other, starts_at=start, ends_at=start + HOUR, place="Rathaus", by=otto)
    assert parsed(client.get(reverse("div_calendar")).content).events == []
    assert Meeting.objects.count() == 1

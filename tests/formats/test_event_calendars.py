"""Calendars parse elsewhere, with right instants in both cities over both clock changes."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from formats.events import calendar_links, clocks, event_calendars, events
from formats.models import Event
from partnerships.models import Topic
from tests.conftest import login
from tests.formats.event_factories import announced, make_event, open_event, registered
from tests.formats.factories import text

BERLIN, HELSINKI = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Helsinki")


def entries(client: Client, *address, query: str = "") -> list[icalendar.Event]:
    answer = client.get(reverse(*address) + query)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def one(client: Client, event: Event) -> icalendar.Event:
    (found,) = entries(client, "event_ical", None, [event.slug])
    return found


# Both nights in which clocks change in 2027: 28 March, 31 October.
@pytest.mark.parametrize("day", [(2027, 3, 27), (2027, 3, 28), (2027, 10, 30), (2027, 10, 31)])
@pytest.mark.parametrize("hour", [0, 4, 12, 23])
def test_the_instant_is_the_same_in_both_cities(client, otto, pair, day, hour):
    starts_at = dt.datetime(*day, hour, tzinfo=dt.UTC)
    with time_machine.travel(dt.datetime(2027, 1, 1, tzinfo=dt.UTC), tick=False):
        event = announced(
            otto, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1),
            time_zone="Europe/Helsinki", partnership=pair,
        )  # fmt: skip

    found = one(client, event)

    assert found["DTSTART"].params["TZID"] == "Europe/Helsinki"
    assert found["DTSTART"].dt.astimezone(dt.UTC) == starts_at
    shown = {clock.city: clock.text for clock in clocks.clocks_of(event)}
    for city, zone in (("Bielefeld", BERLIN), ("Tampere", HELSINKI)):
        assert f"{starts_at.astimezone(zone):%H:%M}" in shown[city]


def test_full_names_of_zones_stand_in_the_file(client, otto):
    event = open_event(otto)
    data = client.get(reverse("event_ical", args=[event.slug])).content
    zones = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Berlin"]


def test_uid_stays_sequence_rises_and_a_cancellation_is_told(client, otto):
    event = open_event(otto)
    first = one(client, event)
    hour = dt.timedelta(hours=1)
    events.describe(event, summary=text("Nur Worte"), by=otto)
    same = one(client, event)
    events.describe(event, starts_at=event.starts_at + hour, ends_at=event.ends_at + hour, by=otto)
    moved = one(client, event)
    events.cancel(event, text("Sturm", "Storm"), by=otto)
    gone = one(client, event)

    assert len({str(each["UID"]) for each in (first, same, moved, gone)}) == 1
    assert [each["SEQUENCE"] for each in (first, same, moved, gone)] == [0, 0, 1, 2]
    assert [str(each["STATUS"]) for each in (first, moved, gone)] == [
        "CONFIRMED", "CONFIRMED", "CANCELLED",
    ]  # fmt: skip


def test_days_are_days_and_what_has_no_day_is_left_out(client, otto):
    day = announced(otto, starts_on=dt.date(2031, 5, 28), ends_on=dt.date(2031, 5, 30))
    announced(otto, title="Herbst", starts_on=dt.date(2031, 10, 1), precision="season")
    announced(otto, title="Voraussichtlich", starts_on=dt.date(2031, 6, 1), is_tentative=True)
    make_event(otto, title="Geheim", starts_on=dt.date(2031, 7, 1))

    found = entries(client, "event_calendar")

    assert [(str(e["SUMMARY"]), str(e["STATUS"])) for e in found] == [
        ("Runder Tisch", "CONFIRMED"), ("Voraussichtlich", "TENTATIVE"),
    ]  # fmt: skip
    assert (found[0]["DTSTART"].dt, found[0]["DTEND"].dt) == (day.starts_on, dt.date(2031, 5, 31))


def test_one_topic_and_the_filters_of_the_page(client, otto):
    topic = Topic.objects.create(slug="lorawan", name=text("LoRaWAN"), sort_de="lorawan")
    announced(otto, title="Mit", topics=[topic], starts_on=dt.date(2031, 5, 1), kind="visit")
    announced(otto, title="Ohne", starts_on=dt.date(2031, 5, 2))

    for found in (
        entries(client, "topic_calendar", None, ["lorawan"]),
        entries(client, "event_calendar", query="?thema=lorawan"),
        entries(client, "event_calendar", query="?art=visit"),
    ):
        assert [str(each["SUMMARY"]) for each in found] == ["Mit"]


def test_one_s_own_calendar_is_secret_and_revocable(otto, clara, olaf):
    event = open_event(otto, title="Meins")
    registered(event, "Clara")
    open_event(otto, title="Fremd")
    hers = login(Client(), clara)

    hers.post(reverse("my_calendar_make"))
    page = hers.get(reverse("my_calendar")).context["address"]
    stranger = Client()
    data = stranger.get(page).content
    assert [str(e["SUMMARY"]) for e in icalendar.Calendar.from_ical(data).walk("VEVENT")] == [
        "Meins"
    ]
    assert hers.get(reverse("my_calendar")).context["address"] == "", "shown once"

    hers.post(reverse("my_calendar_make"), {"again": "1"})
    assert stranger.get(page).status_code == 404, "a new one revokes the old"
    second = hers.get(reverse("my_calendar")).context["address"]
    hers.post(reverse("my_calendar_revoke"))
    assert stranger.get(second).status_code == 404
    assert calendar_links.owner_of("geraten") is None


def test_the_same_events_give_the_same_bytes_and_304(client, otto):
    open_event(otto)
    address = reverse("event_calendar")
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (first.content, again.status_code) == (client.get(address).content, 304)


def test_the_feed_has_lasting_ids_and_nothing_of_what_is_planned(client, otto):
    event = announced(otto, title="Sichtbar")
    make_event(otto, title="Geheim")
    events.cancel(event, text("Sturm"), by=otto)

    answer = client.get(reverse("event_feed"), headers={"accept-language": "en"})

    root = ET.fromstring(answer.content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert [e.text for e in root.findall("a:entry/a:title", atom)] == ["cancelled: Sichtbar (en)"]
    (identity,) = [e.text for e in root.findall("a:entry/a:id", atom)]
    assert identity.endswith(f":event/{event.pk}")


def test_the_calendar_of_many_events_is_read_in_few_queries(otto, pair, django_assert_num_queries):
    for n in range(3):
        announced(otto, title=f"Termin {n}", starts_on=dt.date(2031, 5, 1), partnership=pair)
    with translation.override("de"), django_assert_num_queries(2):
        found = event_calendars.dated(Event.objects.all())
        assert event_calendars.calendar_of(found, name="Alles").count(b"BEGIN:VEVENT") == 3

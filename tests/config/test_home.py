"""The start page tells what is on now, to everybody, and asks the database little."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from foundation.languages import LocalizedText
from partnerships.course import phases
from partnerships.directory import directory
from tests.circles.factories import close_call, make_call, make_circle
from tests.formats.factories import make_adopted_vision, make_meeting, make_work_order

T = LocalizedText.of
PLACES = {"bielefeld": ("DE", "52.02", "8.53"), "tampere": ("FI", "61.50", "23.76")}


@pytest.fixture
def english():
    return Client(headers={"accept-language": "en"})


def text(page):
    return page.content.decode()


@pytest.fixture
def meeting(otto):
    return make_meeting(otto, starts_at=timezone.now() + dt.timedelta(days=30))


def call_for(otto, meeting, title, *, days=20):
    order = make_work_order(otto, vision=make_adopted_vision(otto, title=title))
    circle = make_circle(otto, name=title, order=order)
    return make_call(otto, circle=circle, meeting=meeting, days=days)


def pair(slug, *, published=True):
    cities = []
    for name, (country, north, east) in PLACES.items():
        cities.append(
            directory.list_municipality(
                f"{name}-{slug}",
                name=T("de", f"{name.title()} {slug}"),
                country=country,
                place=(Decimal(north), Decimal(east)),
                by=None,
            )
        )
    partnership = phases.open_partnership(
        cities, slug=slug, lead=T("de", "Zwei Städte"), choice_reason=T("de", "Grund"), by=None
    )
    if published:
        phases.publish_partnership(partnership, by=None)
    return partnership


def test_an_empty_portal_says_what_it_is_for(db, english):
    page = text(english.get("/"))
    assert "Cities learn from each other. People join in." in page
    assert "Here you will soon see calls, sessions, draws and partnerships." in page
    assert "sb-map" not in page


@pytest.mark.req("R119")
def test_the_call_that_closes_first_opens_the_page(english, otto, meeting):
    later = call_for(otto, meeting, "Später", days=25)
    first = call_for(otto, meeting, "Zuerst", days=10)
    front = english.get("/").context["front"]
    assert front.call == first
    page = text(english.get("/"))
    addresses = [f'href="/zirkel/{call.circle.slug}/ausschreibung/"' for call in (first, later)]
    assert page.index(addresses[0]) < page.index(addresses[1])
    assert "days left to apply" in page and "five people who take part" in page


def test_a_call_that_is_over_or_not_open_yet_is_not_praised(english, otto, meeting):
    close_call(call_for(otto, meeting, "Vorbei"))
    order = make_work_order(otto, vision=make_adopted_vision(otto, title="Noch nicht"))
    draft = make_circle(otto, name="Noch nicht", order=order)
    make_call(otto, circle=draft, meeting=meeting, opened=False)
    assert list(english.get("/").context["front"].calls) == []


def test_the_next_session_stands_with_its_year(english, otto, meeting):
    front = english.get("/").context["front"]
    assert front.session == meeting
    assert front.year == meeting.year
    assert meeting.starts_at.astimezone().date() in [each.day for each in front.sessions]


def test_partnerships_stand_with_phase_and_bridge_once_they_are_public(db, english):
    pair("offen")
    pair("geheim", published=False)
    front = english.get("/").context["front"]
    assert [(each.partnership.slug, each.number, each.of) for each in front.partners] == [
        ("offen", 1, 9)
    ]
    assert [(arc.start, arc.end, arc.text) for arc in front.arcs] == [
        ("Bielefeld offen", "Tampere offen", "about 1,400 km")
    ]
    assert "geheim" not in text(english.get("/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    english, otto, meeting, count, django_assert_max_num_queries
):
    for n in range(count):
        call_for(otto, meeting, f"Frage {n}")
        pair(f"paar-{n}")
    with django_assert_max_num_queries(8):
        assert english.get("/").status_code == 200

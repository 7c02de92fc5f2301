"""The Ruhr forum and the events of both cities in the demonstration, as the sources tell them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from config.demo import agreements, challenges, events, master, people
from formats.models import Event, Forum, Outcome, Registration
from partnerships.models import Encounter, Partnership

GERMAN = {"accept-language": "de"}


@pytest.fixture
def office(db):
    users = people.load_people()
    master.load_master_data()
    challenges.load_challenges()
    agreements.load_partnerships(users)
    return users["otto"]


def page(name: str, slug: str) -> str:
    return Client().get(reverse(name, args=[slug]), headers=GERMAN).content.decode()


@pytest.mark.req("R30")
@pytest.mark.req("R49")
@pytest.mark.req("R133")
@pytest.mark.req("R134")
@pytest.mark.req("R135")
@pytest.mark.req("R140")
@pytest.mark.req("R142")
@pytest.mark.req("R143")
@pytest.mark.req("R146")
@pytest.mark.req("R148")
def test_all_of_it(office, do_work):
    """One load for everything that is looked at: it takes seconds."""
    before = Encounter.objects.count()
    events.load_events(office)
    events.load_events(office)
    do_work()

    the_ruhr_forum_is_complete()
    both_cities_keep_their_history(before)
    the_programme_of_innopeers_is_a_pdf()
    the_workshop_has_a_waiting_list()


def the_ruhr_forum_is_complete():
    forum = Forum.objects.get()
    words = page("forum", forum.slug)
    assert (forum.number, forum.events.count(), forum.partners.count()) == (17, 5, 9)
    for expected in (
        "Forum 17", "Das Ruhrgebiet als weltweit vernetzte Innovationsregion",
        "Das Ruhrgebiet als international vernetzte Metropolregion", "Das Forum nennt 634 Partner",
        "Co-Moderation", "Staatssekretär (Stand 2019)", "Smart Mobility", "Metropolregion Ruhr",
        "voraussichtlich Herbst 2020", "Hundertmark Verkehrssicherungsanlagen GmbH",
        "Internationale Tagung zu Governance metropolitaner Innovationsökosysteme",
    ):  # fmt: skip
        assert expected in words, expected

    trip = page("event", "tf17-telaviv")
    for expected in (
        "2. Veranstaltung des Forums", "28. bis 30. Mai 2018", "rund 80 Personen",
        "Delegationsreise", "israelische Innovationskultur", "Potenziale der Metropolregion Ruhr",
        "Biotechnologie", "Israelische Universitäts-Spin-offs", "Initiiert von",
        "gemeinsam mit der Bertelsmann-Stiftung",
    ):  # fmt: skip
        assert expected in trip, expected
    table = page("event", "tf17-roundtable")
    for expected in ("40 Personen eingeladen", "26. Februar 2019", "Zollverein", "Workshop 2",
                     "international vermarktet", "Schlüsselakteur", "auf Einladung"):  # fmt: skip
        assert expected in table, expected
    governance = page("event", "tf17-governance")
    assert '<h1><span lang="en">Governance of Metropolitan' in governance
    for name in ("Speich", "Hohn"):
        assert name not in words + trip + table
    idea = Outcome.objects.get(kind="project_idea")
    assert sorted(idea.events.values_list("slug", flat=True)) == [
        "tf17-followup", "tf17-roundtable",
    ]  # fmt: skip


def both_cities_keep_their_history(before: int):
    pair = Partnership.objects.get(slug="bielefeld-tampere")
    own = pair.encounters.filter(subject_type="formats.event")
    assert (own.count(), pair.encounters.count()) == (5, 5)
    assert Encounter.objects.count() == before + 1, "only the invented workshop is new"
    states = dict(pair.events.values_list("slug", "state"))
    assert states == {
        "oic-lorawan-rt": "held", "oic-tre": "held", "oic-summer22": "published",
        "oic-stw22": "held", "oic-visits-covid": "cancelled",
    }  # fmt: skip
    timeline = page("partnership", pair.slug)
    assert f'href="{reverse("event", args=["oic-tre"])}"' in timeline
    conference = page("event", "oic-tre")
    for topic in ("Internet der Dinge", "Smart City", "Emissionsfreie Mobilität", "Datenstrategie",
                  "Datensouveränität"):  # fmt: skip
        assert topic in conference, topic
    assert "Folgetreffen" in conference
    summer = page("event", "oic-summer22")
    assert "Sommer 2022" in summer
    assert "Bielefeld" in summer
    assert "Coronapandemie" in page("event", "oic-visits-covid")


def the_programme_of_innopeers_is_a_pdf():
    event = Event.objects.get(slug="innopeers-2020")
    assert sorted(event.sheets.values_list("language", flat=True)) == ["de", "en"]
    words = page("event", event.slug)
    for expected in ("27. März 2020", "bis Juni 2020", "Innovationskultur in Unternehmen",
                     "13 Personen", "Programm als PDF, Deutsch"):  # fmt: skip
        assert expected in words, expected


def the_workshop_has_a_waiting_list():
    rows = Registration.objects.filter(event__slug="demo-offene-pegel")
    assert sorted(rows.values_list("state", flat=True)) == ["confirmed"] * 4 + ["waiting"]
    assert all(each.email.endswith("@example.org") for each in rows)
    words = page("event", "demo-offene-pegel")
    assert "Auf die Warteliste" in words
    assert ">Demo<" in words
    talk = Event.objects.get(slug="demo-seegespraech")
    answers = [str(each.standing) for each in talk.invitations.select_related("registration")]
    assert answers == ["registered", "declined", "invited", "invited"]
    assert "Auf Einladung." in page("event", talk.slug)

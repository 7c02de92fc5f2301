"""Profiles of cities and regions, and everything under a topic."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation import states
from partnerships.cities import challenges, cities
from partnerships.course import focuses, phases
from partnerships.directory import directory
from partnerships.models import Actor, CityChallenge, Municipality, Partnership
from tests.conftest import login
from tests.partnerships.factories import both

Kind = Municipality.StrengthKind


@pytest.fixture
def owl(db):
    return directory.list_municipality(
        "owl", name=both("Ostwestfalen-Lippe"), country="DE", kind=Municipality.Kind.REGION, by=None
    )


def actor_of(city, name, sector=Actor.Sector.BUSINESS):
    return directory.list_actor(
        name, kind=Actor.Kind.COMPANY, sector=sector, municipality=city, by=None
    )


@pytest.mark.req("R18")
@pytest.mark.req("R163")
def test_strengths_are_listed_by_kind_and_unique_ones_stand_out(client, bielefeld, otto):
    login(client, otto)
    address = reverse("strength_list", args=["bielefeld"])
    for kind, text, unique in (
        ("industry", "Maschinenbau", ""), ("digital", "Digitalisierung", ""),
        ("research", "Forschung", "on"),
    ):  # fmt: skip
        typed = {"text_de": text, "text_en": f"{text} (en)", "kind": kind, "is_unique": unique}
        assert client.post(address, typed).status_code == 302
    again = client.post(address, {"text_de": "Forschung", "text_en": "Forschung (en)",
                                  "kind": "other"})  # fmt: skip
    assert again.status_code == 200, "said twice: refused on the form"
    bielefeld.refresh_from_db()
    assert bielefeld.strengths_in("en") == [
        "Maschinenbau (en)", "Digitalisierung (en)", "Forschung (en)",
    ]  # fmt: skip
    assert bielefeld.unique_strengths_in("de") == ["Forschung"]
    groups = bielefeld.strengths_by_kind("fi")
    assert [words[0]["text"] for _kind, words in groups] == bielefeld.strengths_in("de")
    client.post(reverse("strength_drop", args=["bielefeld"]), {"key": groups[0][1][0]["key"]})
    bielefeld.refresh_from_db()
    assert bielefeld.strengths_in("de") == ["Digitalisierung", "Forschung"]


def test_the_database_keeps_strengths_a_list(bielefeld):
    with pytest.raises(IntegrityError, match="strengths_listed"), transaction.atomic():
        Municipality.objects.filter(pk=bielefeld.pk).update(strengths={"de": ["X"]})


@pytest.mark.req("R162")
def test_a_city_names_its_region_and_shows_regional_actors(client, bielefeld, owl, tampere):
    guetersloh = directory.list_municipality("gt", name=both("Gütersloh"), country="DE", by=None)
    for city in (bielefeld, guetersloh):
        cities.describe(city, profile=both("P"), region="OWL", lies_in=owl, by=None)
    actor_of(owl, "OWL Maschinenbau")
    actor_of(guetersloh, "Gütersloher Werk")
    actor_of(tampere, "Fern")
    page = client.get(reverse("municipality", args=["bielefeld"]))
    assert [str(each) for each in page.context["regional"]] == [
        "Gütersloher Werk", "OWL Maschinenbau",
    ]  # fmt: skip
    region = client.get(reverse("municipality", args=["owl"]))
    assert {str(each) for each in region.context["places"]} == {"Bielefeld", "Gütersloh"}
    for wrong in (bielefeld, tampere):
        with pytest.raises(cities.LiesInItself):
            cities.describe(bielefeld, profile=both("P"), region="", lies_in=wrong, by=None)
    with pytest.raises(IntegrityError, match="lies_elsewhere"), transaction.atomic():
        Municipality.objects.filter(pk=owl.pk).update(lies_in=owl)


@pytest.mark.req("R1")
def test_the_ecosystem_is_told_by_sector(client, bielefeld):
    for n in range(7):
        actor_of(bielefeld, f"Firma {n}")
    actor_of(bielefeld, "Hochschule", Actor.Sector.SCIENCE)
    page = client.get(reverse("municipality", args=["bielefeld"]))
    found = {each.value: (each.number, len(each.actors)) for each in page.context["sectors"]}
    assert found == {"business": (7, 5), "science": (1, 1)}


@pytest.mark.req("R22")
def test_ties_say_what_relation_they_are(client, bielefeld, tampere, partnership, otto):
    twins = phases.open_partnership(
        [bielefeld, tampere], name="Zwillinge", slug="zwillinge",
        relation=Partnership.Relation.TWINNING, by=None,
    )  # fmt: skip
    phases.publish_partnership(partnership, by=otto)
    phases.publish_partnership(twins, by=otto)
    page = client.get(reverse("municipality", args=["tampere"])).content.decode()
    assert "Innovationspartnerschaft" in page
    assert "Städtepartnerschaft" in page


def test_a_profile_comes_in_three_languages(client, tampere, paula):
    login(client, paula)
    typed = {"profile_de": "Industriestadt", "profile_en": "Industrial city",
             "profile_fi": "Teollisuuskaupunki", "region": "Pirkanmaa"}  # fmt: skip
    client.post(reverse("municipality_edit", args=["tampere"]), typed)
    tampere.refresh_from_db()
    assert tampere.profile.get("fi") == "Teollisuuskaupunki"
    assert client.get(reverse("municipality_edit", args=["tampere"])).status_code == 200


@pytest.mark.req("R4")
@pytest.mark.parametrize("kind", ["topic", "industry", "research"])
def test_one_shared_focus_of_any_kind_opens_the_gate(partnership, kind):
    topic = directory.list_topic("etwas", name=both("Etwas"), kind=kind, by=None)
    for phase in ("contact", "topics"):
        states.advance(partnership, phase, by=None, field="phase")
    assert not phases.next_gate(partnership).is_open
    focuses.put(focuses.propose(partnership, topic, by=None), "shortlisted", by=None)
    assert phases.next_gate(partnership).is_open


def test_lists_and_pages_of_cities_and_topics_cost_the_same(
    client, bielefeld, tampere, owl, partnership, otto, django_assert_max_num_queries
):
    topic = directory.list_topic("iot", name=both("IoT"), by=None)
    addresses = [
        reverse("municipality_list"), reverse("topic_list"), reverse("topic", args=["iot"]),
        reverse("municipality", args=["bielefeld"]), reverse("municipality", args=["owl"]),
    ]  # fmt: skip
    cities.describe(bielefeld, profile=both("P"), region="", lies_in=owl, by=None)
    phases.publish_partnership(partnership, by=otto)
    focuses.propose(partnership, topic, by=None)

    def grow(n):
        more = challenges.list_challenge(title=both(f"Frage {n}"), topic=topic, by=None)
        for city in (bielefeld, tampere):
            challenges.take_stance(more, city, stance=CityChallenge.Stance.SEEKS, by=None)
        for city in (bielefeld, owl):
            actor_of(city, f"Firma {n} {city}").topics.add(topic)

    def costs():
        found = []
        for address in addresses:
            with django_assert_max_num_queries(8) as seen:
                assert client.get(address).status_code == 200
            found.append(len(seen))
        return found

    grow(0)
    one = costs()
    for n in range(1, 4):
        grow(n)
        place = directory.list_municipality(f"o{n}", name=both(f"Ort {n}"), country="DE", by=None)
        cities.describe(place, profile=both("P"), region="", lies_in=owl, by=None)
    assert costs() == one


@pytest.mark.req("R51")
@pytest.mark.req("R23")
def test_per_topic_it_is_said_who_offers_and_who_seeks(client, partnership, sides, bruno):
    topic = directory.list_topic("iot", name=both("IoT"), by=None)
    focuses.propose(partnership, topic, by=None)
    login(client, bruno)
    home, away = sides
    typed = {"lead": home.pk, "offered_by": [away.pk], "sought_by": [home.pk]}
    client.post(reverse("focus_edit", args=[partnership.slug, "iot"]), typed)
    client.post(
        reverse("connection_new", args=[partnership.slug]),
        {"kind": "industry", "text_de": "Maschinenbau", "text_en": "Engineering"},
    )
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    page = client.get(reverse("focus_list", args=[partnership.slug]))
    assert [stances for _focus, stances in page.context["rows"]] == [
        [["leads", "seeks"], ["offers"]]
    ]
    assert "Engineering" in page.content.decode()


def test_the_foci_of_a_partnership_cost_the_same(
    client, partnership, sides, otto, django_assert_max_num_queries
):
    phases.publish_partnership(partnership, by=otto)

    def costs():
        with django_assert_max_num_queries(8) as seen:
            client.get(reverse("focus_list", args=[partnership.slug]))
        return len(seen)

    def grow(n):
        topic = directory.list_topic(f"t{n}", name=both(f"T{n}"), by=None)
        focuses.propose(partnership, topic, offered_by=sides, lead=sides[0], by=None)

    grow(0)
    one = costs()
    for n in range(1, 4):
        grow(n)
    assert costs() == one

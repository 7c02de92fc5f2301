"""The directory of the demonstration: 634 entries, nine as the source has them, no double."""

import time

import pytest
from django.db import connection

from config.demo import challenges, entries, master
from foundation.languages import search_key
from partnerships.directory import directory
from partnerships.models import Actor, ActorContact, Challenge, Municipality
from tests.partnerships.factories import both

NINE = {
    "GFOS mbH",
    "Handwerkskammer Bildungszentrum Münster",
    "Hundertmark Verkehrssicherungsanlagen GmbH",
    "Industrie- und Handelskammer zu Dortmund",
    "KRANKIKOM Alexander Kranki Kommunikation GmbH",
    "NRW.International GmbH",
    "Ruhr-Universität Bochum",
    "Stiftung und Verein Westfalen-Initiative für Eigenverantwortung und Gemeinwohl",
    "Südwestfälische Industrie- und Handelskammer zu Hagen",
}


@pytest.fixture(scope="module")
def loaded(ground):
    """How many seconds of computing the entries took; all tests of this module look at them."""
    master.load_master_data()
    for slug, country in (("lindenau", "DE"), ("jaervikoski", "FI")):
        directory.list_municipality(
            slug, name=both(slug), country=country, is_fictional=True, by=None
        )
    began = time.process_time()
    entries.load_entries()
    return time.process_time() - began


@pytest.mark.req("R156")
@pytest.mark.req("R160")
def test_634_entries_without_doubles(loaded):
    names = list(Actor.objects.values_list("name", flat=True))
    assert len(names) == 634
    assert len({search_key(name) for name in names}) == 634
    assert set(names) >= NINE
    assert max(len(name) for name in names) == 150
    assert loaded < 1


def test_what_is_made_up_is_marked_and_has_no_contact(loaded):
    real = Actor.objects.filter(is_fictional=False)
    assert set(real.values_list("name", flat=True)) >= NINE
    assert real.count() == len(
        {fields["name"] for model in ("Organisation", "DirectoryEntry")
         for _key, fields in master.of(model)}
    )  # fmt: skip
    assert not ActorContact.objects.exists()
    assert not Actor.objects.filter(is_fictional=True, municipality__is_fictional=False).exists()


@pytest.mark.req("R15")
@pytest.mark.req("R159")
def test_every_kind_and_sector_has_entries(loaded):
    assert set(Actor.objects.values_list("kind", flat=True)) == set(Actor.Kind.values)
    assert set(Actor.objects.values_list("sector", flat=True)) == set(Actor.Sector.values)
    assert Actor.objects.filter(kind="expert", municipality=None).exists()


def test_loading_again_changes_nothing(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        entries.load_entries()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM partnerships_actor")
        assert cursor.fetchone() == (634,)


@pytest.mark.req("R42")
def test_winning_and_keeping_talent_is_a_challenge(loaded):
    challenges.load_challenges()
    talent = Challenge.objects.get(topic__slug="talent")
    assert talent.title.get("de") == "Wie gewinnen und halten Städte Talente?"
    assert [str(each.municipality) for each in talent.cities.all()] == ["Bielefeld"]


@pytest.mark.req("R163")
def test_the_cities_of_the_pilot_have_strengths_of_three_kinds(loaded):
    for slug in ("bielefeld", "tampere"):
        listed = Municipality.objects.get(slug=slug).strengths
        assert {"industry", "digital", "research"} <= {each["kind"] for each in listed}
        assert len(listed) >= 3

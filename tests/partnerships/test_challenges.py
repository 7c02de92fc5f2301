"""The catalogue of challenges: any country, one entry each, a solution in words."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.languages import LocalizedText
from partnerships.cities import challenges
from partnerships.directory import directory
from partnerships.models import Challenge, CityChallenge
from tests.conftest import login
from tests.partnerships.factories import both

Stance = CityChallenge.Stance


@pytest.fixture
def talent(db):
    topic = directory.list_topic("talent", name=both("Talente", "Talent"), by=None)
    return challenges.list_challenge(
        title=both("Wie gewinnen wir Talente?", "How do we win talent?"), topic=topic, by=None
    )


@pytest.mark.req("R17")
def test_cities_of_any_country_share_a_challenge(client, talent, bielefeld):
    for slug, country in (("kitakyushu", "JP"), ("haifa", "IL")):
        city = directory.list_municipality(slug, name=both(slug.title()), country=country, by=None)
        challenges.take_stance(talent, city, stance=Stance.SEEKS, by=None)
    challenges.take_stance(
        talent, bielefeld, stance=Stance.SOLVED, solution=both("Ein Haus", "One house"), by=None
    )
    page = client.get(reverse("challenge", args=[talent.slug])).content.decode()
    for words in ("Kitakyushu", "Japan", "Haifa", "Israel", "Bielefeld"):
        assert words in page


@pytest.mark.req("R42")
def test_the_catalogue_filters_by_topic(client, talent):
    water = directory.list_topic("wasser", name=both("Wasser"), by=None)
    challenges.list_challenge(title=both("Wohin mit dem Regen?"), topic=water, by=None)
    page = client.get(reverse("challenge_list"), {"thema": "talent"}).content.decode()
    assert "Talente?" in page
    assert "Regen" not in page
    assert "Regen" in client.get(reverse("challenge_list")).content.decode()


def test_a_challenge_stands_once_and_a_solution_is_told(talent, bielefeld):
    with pytest.raises(challenges.ChallengeExists):
        challenges.list_challenge(title=talent.title, topic=talent.topic, by=None)
    with pytest.raises(challenges.SolutionMissing):
        challenges.take_stance(talent, bielefeld, stance=Stance.SOLVED, by=None)
    with pytest.raises(IntegrityError, match="solution_told"), transaction.atomic():
        CityChallenge.objects.create(
            challenge=talent, municipality=bielefeld, stance="solved", solution=LocalizedText()
        )
    challenges.take_stance(talent, bielefeld, stance=Stance.SEEKS, by=None)
    challenges.take_stance(
        talent, bielefeld, stance=Stance.TRIES, solution=both("Versuch"), by=None
    )
    assert talent.cities.get().stance == "tries"


def test_a_partner_speaks_for_the_own_city_only(client, talent, paula, tampere, bielefeld):
    login(client, paula)
    address = reverse("challenge_city", args=[talent.slug])
    for city, status in ((tampere, 302), (bielefeld, 200)):
        typed = {"municipality": city.pk, "stance": "seeks"}
        assert client.post(address, typed).status_code == status
    assert [str(city) for city in talent.cities.all()] == ["Tampere"]


@pytest.mark.django_db
def test_one_or_three_challenges_cost_the_same(
    client, talent, bielefeld, tampere, django_assert_max_num_queries
):
    def costs(address):
        with django_assert_max_num_queries(8) as seen:
            client.get(address)
        return len(seen)

    addresses = [reverse("challenge_list"), reverse("challenge", args=[talent.slug])]
    challenges.take_stance(talent, tampere, stance=Stance.SEEKS, by=None)
    one = [costs(address) for address in addresses]
    for n in range(3):
        topic = directory.list_topic(f"t{n}", name=both(f"T{n}"), by=None)
        more = challenges.list_challenge(title=both(f"Frage {n}?"), topic=topic, by=None)
        challenges.take_stance(more, bielefeld, stance=Stance.SEEKS, by=None)
    challenges.take_stance(talent, bielefeld, stance=Stance.SEEKS, by=None)
    assert [costs(address) for address in addresses] == one
    assert Challenge.objects.count() == 4

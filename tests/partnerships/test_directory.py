"""The directory: sorted for the reader, searched without accents, twenty a page."""

import pytest
from django.urls import reverse

from foundation.accounts.models import Role
from partnerships import directory
from partnerships.models import Actor
from tests.conftest import login, make_user


def enter(*names, **fields):
    values = {"kind": Actor.Kind.COMPANY, "sector": Actor.Sector.BUSINESS, **fields}
    return [directory.list_actor(name, by=None, **values) for name in names]


def names(language, **wanted):
    return [str(each) for each in directory.search(None, language=language, **wanted)]


@pytest.mark.req("R158")
def test_german_and_finnish_readers_find_umlauts_where_they_expect_them(db):
    enter("Zebra", "Äpfel", "Apfel", "Öko", "Otto")
    assert names("de") == ["Apfel", "Äpfel", "Öko", "Otto", "Zebra"]
    assert names("fi") == ["Apfel", "Otto", "Zebra", "Äpfel", "Öko"]
    assert names("de", letters="A-E") == ["Apfel", "Äpfel"]
    assert names("fi", letters="U-Z") == ["Zebra", "Äpfel", "Öko"]
    assert names("de", letters="K-O") == ["Öko", "Otto"]


@pytest.mark.req("R56")
@pytest.mark.req("R137")
@pytest.mark.req("R150")
@pytest.mark.req("R159")
def test_kinds_and_sectors_of_the_requirements(db):
    assert {"municipality", "science", "company", "sme", "foundation", "association"} <= set(
        Actor.Kind.values
    )
    assert {"chamber", "training_centre", "university", "spin_off"} <= set(Actor.Kind.values)
    assert {"administration", "science", "business", "politics", "civil_society"} <= set(
        Actor.Sector.values
    )
    enter("A GmbH")
    enter("Handwerkskammer", kind=Actor.Kind.CHAMBER)
    assert names("de", kind="chamber") == ["Handwerkskammer"]
    assert names("de", sector="politics") == []


def test_search_ignores_case_and_accents(db):
    enter("Universität Münster", "Hochschule Bielefeld")
    assert names("de", q="munster") == names("de", q="MÜNSTER") == ["Universität Münster"]


@pytest.mark.req("R160")
def test_broken_names_are_joined_and_not_entered_twice(db):
    enter("Südwestfälische Industrie- und\n Handelskammer")
    with pytest.raises(directory.EntryExists):
        enter("Südwestfälische Industrie- und Handelskammer")
    assert Actor.objects.get().slug == "sudwestfalische-industrie-und-handelskammer"


def test_two_entries_of_one_name_in_two_cities_get_their_own_address(bielefeld, tampere):
    first, second = (enter("Hochschule", municipality=city)[0] for city in (bielefeld, tampere))
    assert (first.slug, second.slug) == ("hochschule", "hochschule-2")


@pytest.mark.req("R156")
@pytest.mark.req("R157")
def test_hit_count_pages_and_filters_survive_paging(client, db):
    enter(*(f"Firma {n:02}" for n in range(45)))
    enter("Kammer", kind=Actor.Kind.CHAMBER)
    page = client.get(reverse("actor_list"), {"kind": "company", "page": 2})
    assert page.context["page_obj"].paginator.count == 45
    assert len(page.context["page_obj"]) == 20
    assert "kind=company&amp;page=3" in page.content.decode()


def test_only_office_and_partners_add_entries(client, paula, clara):
    url = reverse("actor_new")
    assert login(client, clara).get(url).status_code == 403
    assert login(client, paula).get(url).status_code == 200
    posted = {"name": "Neu e. V.", "kind": "association", "sector": "civil_society"}
    answer = client.post(url, posted)
    assert (answer.status_code, Actor.objects.get().name) == (302, "Neu e. V.")
    again = client.post(url, posted)
    assert again.status_code == 200
    assert again.context["form"].non_field_errors()


def test_cities_are_added_by_the_office(client, db):
    otto = make_user("Otto2", Role.OFFICE, factor=True)
    login(client, otto)
    bad = client.post(reverse("municipality_new"), {"country": "de"})
    assert {"country", "slug", "name_de", "name_en"} <= set(bad.context["form"].errors)

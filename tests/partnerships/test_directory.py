"""The directory: sorted for the reader, searched without accents, twenty a page."""

import pytest
from django.urls import reverse

from foundation.accounts.models import Role
from partnerships.directory import directory, finding
from partnerships.directory.finding import Wanted
from partnerships.models import Actor, Topic
from tests.conftest import login, make_user
from tests.partnerships.factories import both


def enter(*names, **fields):
    values = {"kind": Actor.Kind.COMPANY, "sector": Actor.Sector.BUSINESS, **fields}
    return [directory.list_actor(name, by=None, **values) for name in names]


def names(language, letters="", user=None, **wanted):
    found = finding.search(user, language=language, wanted=Wanted(**wanted), letters=letters)
    return [str(each) for each in found]


@pytest.mark.req("R158")
def test_german_and_finnish_readers_find_umlauts_where_they_expect_them(db):
    enter("Zebra", "Äpfel", "Apfel", "Öko", "Otto", "3D-Druck")
    assert names("de") == ["3D-Druck", "Apfel", "Äpfel", "Öko", "Otto", "Zebra"]
    assert names("fi") == ["3D-Druck", "Apfel", "Otto", "Zebra", "Äpfel", "Öko"]
    assert names("de", letters="A-E") == ["3D-Druck", "Apfel", "Äpfel"]
    assert names("fi", letters="U-Ö") == ["Zebra", "Äpfel", "Öko"]
    assert names("de", letters="U-Ö") == ["Zebra"]
    assert names("de", letters="K-O") == ["Öko", "Otto"]
    assert names("de", letters="nonsense") == names("de")


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
    for typed in ("munster", "MÜNSTER", "Muenster", "münst univ", "sität"):
        assert names("de", q=typed) == ["Universität Münster"], typed
    assert names("de", q="münster gmbh") == []
    assert names("de", q="%") == names("de", q="")


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
    posted = {
        "name": "Neu e. V.", "kind": "association", "sector": "civil_society", "is_published": "on"
    }  # fmt: skip
    answer = client.post(url, posted)
    assert (answer.status_code, Actor.objects.get().name) == (302, "Neu e. V.")
    again = client.post(url, posted)
    assert again.status_code == 200
    assert again.context["form"]["is_another"]
    assert [each.name for each in again.context["similar"]] == ["Neu e. V."]
    refused = client.post(url, {**posted, "is_another": "on"})
    assert "name" in refused.context["form"].errors


def test_cities_are_added_by_the_office(client, db):
    otto = make_user("Otto2", Role.OFFICE, factor=True)
    login(client, otto)
    bad = client.post(reverse("municipality_new"), {"country": "de"})
    assert {"country", "slug", "name_de", "name_en"} <= set(bad.context["form"].errors)


@pytest.mark.req("R63")
@pytest.mark.req("R146")
def test_filters_by_city_country_industry_and_topic(db, bielefeld, tampere):
    biotech = directory.list_topic(
        "biotech", name=both("Biotechnologie"), kind=Topic.Kind.INDUSTRY, by=None
    )
    iot = directory.list_topic("iot", name=both("Internet der Dinge"), by=None)
    enter("Hier", municipality=bielefeld, topics=[biotech, iot])
    enter("Dort", municipality=tampere, topics=[biotech], sector=Actor.Sector.CIVIL_SOCIETY)
    enter("Nirgends")
    assert names("de", industry="biotech") == ["Dort", "Hier"]
    assert names("de", industry="biotech", topic="iot") == ["Hier"]
    assert names("de", city="tampere") == names("de", country="FI") == ["Dort"]
    assert names("de", sector="civil_society", q="do") == ["Dort"]


@pytest.mark.req("R15")
def test_an_expert_from_outside_belongs_to_no_city(client, otto, db):
    topic = directory.list_topic("iot", name=both("Internet der Dinge"), by=None)
    posted = {
        "name": "Dr. Ada Abendrot", "kind": "expert", "sector": "science", "topics": [topic.pk],
        "is_published": "on",
    }  # fmt: skip
    login(client, otto).post(reverse("actor_new"), posted)
    expert = Actor.objects.get()
    assert (expert.kind, expert.municipality, list(expert.topics.all())) == (
        "expert",
        None,
        [topic],
    )
    page = client.get(reverse("actor", args=[expert.slug])).content.decode()
    assert "Internet der Dinge" in page


def test_correcting_an_entry_keeps_its_address_and_moves_its_keys(client, otto, bielefeld):
    (entry,) = enter("Otto GmbH", municipality=bielefeld)
    posted = {
        "name": "Ötto GmbH", "kind": "sme", "sector": "business", "municipality": bielefeld.pk,
        "is_published": "on", "contact_email": "post@example.org", "is_another": "on",
    }  # fmt: skip
    answer = login(client, otto).post(reverse("actor_edit", args=[entry.slug]), posted)
    entry.refresh_from_db()
    assert answer["Location"] == reverse("actor", args=["otto-gmbh"])
    assert (entry.name, entry.kind, entry.sort_fi) == ("Ötto GmbH", "sme", "}tto gmbh")
    assert names("de", q="otto") == ["Ötto GmbH"]
    assert entry.contact.email == "post@example.org"
    for url in (reverse("actor", args=[entry.slug]), reverse("actor_list"), reverse("actor_csv")):
        client.logout()
        assert b"post@example.org" not in client.get(url).content


def test_pages_of_the_directory_are_no_entries(db):
    (entry,) = enter("Neu")
    assert entry.slug == "neu-2"


@pytest.mark.req("R156")
def test_the_list_asks_the_database_four_times_whatever_its_size(
    client, db, bielefeld, django_assert_num_queries
):
    url = reverse("actor_list")
    for more in (("Eins",), ("Zwei", "Drei"), tuple(f"Firma {n:03}" for n in range(60))):
        enter(*more, municipality=bielefeld)
        with django_assert_num_queries(4):
            page = client.get(url, {"q": "", "sector": "business"})
    assert page.context["page_obj"].paginator.count == 63
    assert len(page.content) < 60_000


def test_what_makes_no_sense_in_a_query_is_left_out(client, db):
    enter("Zebra")
    wanted = {"kind": "zeppelin", "city": "atlantis", "q": "zebra", "letters": "?", "page": "x"}
    assert client.get(reverse("actor_list"), wanted).context["page_obj"].paginator.count == 1


def test_letters_survive_a_switch_of_the_language(client, db):
    enter(*(f"{letter}{n}" for letter in "AFKPUÄÖ" for n in range(5)))
    page = client.get(reverse("actor_list"), {"letters": "T-Ö"}, headers={"accept-language": "fi"})
    assert page.context["page_obj"].paginator.count == 15
    page = client.get(reverse("actor_list"), {"letters": "T-Ö"}, headers={"accept-language": "de"})
    assert page.context["page_obj"].paginator.count == 5
    assert page.context["is_elsewhere"]


def test_similar_entries_are_shown_while_typing(client, db, otto):
    enter("Handwerkskammer Bildungszentrum Münster", "Sparkasse")
    url = reverse("actor_similar")
    for typed in (
        "Handwerkskammer Bildungszentrum Muenster",
        "handwerkskamer bildungszentrum munster",
        "Bildungszentrum",
    ):
        assert b"Bildungszentrum M\xc3\xbcnster" in client.get(url, {"name": typed}).content, typed
    for typed in ("Ha", "", "Kammermusikverein"):
        assert client.get(url, {"name": typed}).content.strip() == b""


@pytest.mark.parametrize("letter", ["ß", "Ä", "x"])
def test_long_names_are_sorted_by_their_beginning(db, letter):
    topic = directory.list_topic("lang", name=both(letter * 200), by=None)
    city = directory.list_municipality("lang", name=both(letter * 200), country="DE", by=None)
    assert len(topic.sort_de) == len(city.sort_de) == 200

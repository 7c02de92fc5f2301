"""Voices, contacts, ambassadors and news: role first, source always, addresses kept."""

import datetime as dt

import pytest
from django.urls import reverse

from partnerships.course import participation, phases
from partnerships.deeds import ambassadors, news, statements
from partnerships.directory import directory
from partnerships.models import ContactRole, Introduction
from tests.conftest import login
from tests.partnerships.factories import both

DAY = dt.date(2022, 3, 17)
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def public(partnership, otto):
    phases.publish_partnership(partnership, by=otto)
    return partnership


@pytest.fixture
def contact(public, sides):
    return participation.name_contact(
        public,
        party=sides[0],
        function=both("Projektleitung", "Project lead"),
        email="projekt@example.org",
        person_name="Ina Beispiel",
        by=None,
    )


def page(client, partnership, language="en"):
    url = reverse("partnership", args=[partnership.slug])
    return client.get(url, headers={"accept-language": language}).content.decode()


@pytest.mark.req("R32")
@pytest.mark.req("R60")
def test_a_statement_keeps_its_original_beside_the_translation(client, public):
    statements.quote(
        public,
        role="Director (2022)",
        original="It was a good opening",
        language="en",
        translation="Das war ein guter Auftakt",
        translation_language="de",
        source="Pressemitteilung",
        said_on=DAY,
        by=None,
    )
    german, english = page(client, public, "de"), page(client, public)
    assert "Das war ein guter Auftakt" in german
    assert '<span lang="en">It was a good opening</span>' in german
    assert "It was a good opening" in english
    assert "Das war ein guter Auftakt" not in english


def test_a_statement_without_source_is_refused(partnership):
    with pytest.raises(statements.SourceMissing):
        statements.quote(partnership, role="R", original="Ja", language="de", source=" ", by=None)


@pytest.mark.req("R34")
@pytest.mark.req("R95")
def test_the_function_is_shown_and_the_person_only_with_consent(client, public, contact):
    text = page(client, public)
    assert "Project lead" in text
    assert "Ina Beispiel" not in text
    ContactRole.objects.filter(pk=contact.pk).update(name_is_public=True)
    assert "Ina Beispiel" in page(client, public)


@pytest.mark.req("R96")
def test_a_message_reaches_the_mailbox_without_showing_it(client, public, contact, do_work, inbox):
    assert "projekt@example.org" not in page(client, public)
    url = reverse("contact_write", args=[public.slug, contact.pk])
    assert "projekt@example.org" not in client.get(url).content.decode()
    body = {"name": "Eva", "email": "eva@example.org", "message": "Wann ist das Treffen?"}
    for _ in range(5):
        assert client.post(url, body, headers=ENGLISH).status_code == 302
    refused = client.post(url, body, headers=ENGLISH).content.decode()
    assert "tried too often" in refused
    assert "Wann ist das Treffen?" in refused
    do_work()
    assert len(inbox) == 5
    assert {mail.to[0] for mail in inbox} == {"Projektleitung <projekt@example.org>"}
    assert "eva@example.org" in inbox[0].body


@pytest.mark.req("R95")
def test_a_shown_address_is_a_choice_and_the_person_is_replaced(client, public, contact, otto):
    participation.change_contact(
        contact,
        function=contact.function,
        office="Amt für Daten",
        email="neu@example.org",
        person_name="Ole Neu",
        phone="0521 0",
        shows_email=True,
        name_is_public=True,
        is_public=True,
        by=otto,
    )
    text = page(client, public)
    for words in ("Amt für Daten", "neu@example.org", "Ole Neu", "0521 0"):
        assert words in text


@pytest.mark.req("R32")
@pytest.mark.req("R33")
def test_an_ambassador_logs_whom_they_introduced(client, public, sides, bielefeld, tampere, olaf):
    sent = ambassadors.appoint(
        public, party=sides[0], role=both("Innovationsbotschaft", "Ambassador"), user=olaf, by=None
    )
    first, second = (
        directory.list_actor(name, kind="sme", sector="business", municipality=city, by=None)
        for name, city in (("A", bielefeld), ("B", tampere))
    )
    assert "Ambassador" in page(client, public)
    login(client, olaf)
    url = reverse("introduction_new", args=[public.slug, sent.pk])
    body = {"first": first.pk, "second": second.pk, "on": "2026-03-17"}
    assert client.post(url, body).status_code == 302
    assert Introduction.objects.get().ambassador == sent
    ambassadors.release(sent, by=None)
    assert client.post(url, body).status_code == 404
    assert "Ambassador" not in page(client, public)


def test_whoever_works_on_a_partnership_can_end_the_task_of_an_ambassador(
    client, public, sides, otto, olaf
):
    sent = ambassadors.appoint(public, party=sides[0], role=both("Botschaft"), by=None)
    way = f'action="{reverse("ambassador_release", args=[public.slug, sent.pk])}"'
    for reader, finds in ((otto, True), (olaf, False)):
        login(client, reader, fresh=True)
        assert (way in page(client, public)) is finds


def test_nobody_is_introduced_to_themselves(public, sides, bielefeld):
    sent = ambassadors.appoint(public, party=sides[0], role=both("B"), by=None)
    actor = directory.list_actor("A", kind="sme", sector="business", by=None)
    with pytest.raises(ambassadors.SameActorTwice):
        ambassadors.introduce(sent, actor, actor, on=DAY, by=None)


@pytest.mark.req("R165")
def test_news_carry_place_date_and_source(client, public, otto):
    item = news.write(
        public,
        title=both("Auftakt", "Opening"),
        body=both("Text"),
        place="Bielefeld",
        on=DAY,
        source="Stadt Bielefeld",
        by=otto,
    )
    url = reverse("news_item", args=[item.slug])
    assert client.get(url).status_code == 404
    assert "Opening" not in client.get(reverse("news_list"), headers=ENGLISH).content.decode()
    news.publish(item, by=otto)
    text = client.get(url, headers=ENGLISH).content.decode()
    for words in ("Opening", "Bielefeld, ", "2022", "Stadt Bielefeld"):
        assert words in text
    assert "Opening" in client.get(reverse("news_list"), headers=ENGLISH).content.decode()
    assert "Opening" in page(client, public)


def test_a_text_that_is_missing_in_the_readers_language_is_marked(client, public):
    phases.describe(
        public,
        lead=type(public.lead).of("de", "Zwei Städte lernen."),
        choice_reason=public.choice_reason,
        target_picture=public.target_picture,
        by=None,
    )
    assert '<span lang="de">Zwei Städte lernen.</span>' in page(client, public)
    assert '<span lang="de">' not in page(client, public, "de")

"""The contact page: functions first, names only with consent, a form that reaches the mailbox."""

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from partnerships.directory import office_contacts
from partnerships.directory.office_contacts import Details
from partnerships.models import OfficeContact
from tests.conftest import login
from tests.partnerships.factories import both

pytestmark = pytest.mark.django_db
TYPED = {
    "function_de": "Leitung",
    "function_en": "Head",
    "person_name": "Ada Abendrot",
    "phone": "0521 1",
    "email": "leitung@example.org",
    "is_public": "on",
}


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


def page(client):
    return client.get("/kontakt/").content.decode()


def add(function="Head", **more):
    return office_contacts.add(
        Details(function=both("Leitung", function), helps_with=both("Alles", "Everything"), **more),
        by=None,
    )


@pytest.mark.req("R35")
def test_the_office_keeps_its_team_in_the_browser(otto, visitor):
    office = login(Client(headers={"accept-language": "en"}), otto, fresh=True)
    assert "No function is named yet" in page(visitor)
    assert office.post("/kontakt/neu/", TYPED)["Location"] == "/kontakt/"
    assert "Head" in page(visitor)
    assert "0521 1" in page(visitor)
    for hidden in ("Ada Abendrot", "leitung@example.org"):
        assert hidden not in page(visitor)

    pk = OfficeContact.objects.get().pk
    shown = {**TYPED, "person_name": "Bo Birkenhof", "name_is_public": "on", "shows_email": "on"}
    office.post(f"/kontakt/{pk}/", shown)
    assert "Bo Birkenhof" in page(visitor)
    assert "leitung@example.org" in page(visitor)
    office.post(f"/kontakt/{pk}/", {**shown, "is_public": ""})
    assert "Head" not in page(visitor)
    assert "Head" in page(office), "the office can show it again"


@pytest.mark.req("R35")
def test_a_message_reaches_the_function_without_showing_its_address(visitor, do_work, inbox):
    contact = add(email="zirkel@example.org")
    form = visitor.get(f"/kontakt/schreiben/?an={contact.pk}").content.decode()
    assert f'<option value="{contact.pk}" selected>' in form
    typed = {"name": "Clara", "email": "clara@example.org", "message": "How do I begin?"}
    sent = visitor.post("/kontakt/schreiben/", {**typed, "to": contact.pk}, follow=True)
    assert "Your message is on its way" in sent.content.decode()
    visitor.post("/kontakt/schreiben/", {**typed, "message": "And where?"})
    do_work()
    assert [mail.to[0].rpartition("<")[2].strip(">") for mail in inbox] == [
        "zirkel@example.org",
        settings.OFFICE_EMAIL,
    ]
    assert "How do I begin?" in inbox[0].body
    assert "clara@example.org" in inbox[0].body


def test_what_was_typed_stays_when_something_is_missing(visitor):
    answer = visitor.post("/kontakt/schreiben/", {"message": "Long words", "email": "no address"})
    text = answer.content.decode()
    assert "Long words" in text
    assert "no address" in text


def test_a_hidden_function_takes_no_message(visitor):
    contact = add(is_public=False)
    typed = {"name": "Clara", "email": "clara@example.org", "message": "Hello"}
    answer = visitor.post("/kontakt/schreiben/", {**typed, "to": contact.pk})
    assert answer.status_code == 200


def test_writing_too_often_is_refused(visitor):
    typed = {"name": "Clara", "email": "clara@example.org"}
    for number in range(5):
        visitor.post("/kontakt/schreiben/", {**typed, "message": f"{number}"})
    answer = visitor.post("/kontakt/schreiben/", {**typed, "message": "once more"})
    assert "too often" in answer.content.decode()
    assert "once more" in answer.content.decode()


def test_functions_move_up(otto):
    first, second = add("One"), add("Two")
    office_contacts.move_up(second, by=otto)
    assert list(OfficeContact.objects.all()) == [second, first]
    office_contacts.move_up(second, by=otto)
    assert list(OfficeContact.objects.all()) == [second, first]


def test_no_name_and_no_address_are_shown_that_do_not_exist():
    contact = add(name_is_public=True, shows_email=True)
    assert (contact.name_is_public, contact.shows_email) == (False, False)
    for values in ({"name_is_public": True}, {"shows_email": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficeContact.objects.filter(pk=contact.pk).update(**values)


def test_ten_functions_are_one_question(visitor, django_assert_max_num_queries):
    for number in (1, 3):
        for _ in range(number):
            add()
        with django_assert_max_num_queries(1):
            page(visitor)
        with django_assert_max_num_queries(2):
            visitor.get("/kontakt/schreiben/")

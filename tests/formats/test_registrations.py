"""Registering by code: places are counted, the waiting list moves up, people are forgotten."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from formats.events import (
    events,
    registration_letters,
    registrations,
    waiting_list,
)
from formats.events.registration_links import token_of
from formats.models import Registration
from foundation import states
from foundation.mail.models import OutgoingMail
from foundation.posting import human
from foundation.posting.limits import TooOften
from tests.circles.test_races import at_once
from tests.conftest import login
from tests.formats.event_factories import ask, code_of, mails_of, open_event, registered
from tests.formats.factories import text

ENGLISH = {"accept-language": "en"}
EVENT = "runder-tisch"
PERSON = {
    "name": "Clara", "email": "Clara@Example.org", "organisation": "Verein",
    "stamp": human.new_stamp(age=60),
}  # fmt: skip


def own_page(registration: Registration) -> Client:
    client = Client(headers=ENGLISH)
    client.get(reverse("registration_enter", args=[token_of(registration)]))
    return client


def state_of(*rows: Registration) -> list[str]:
    return [Registration.objects.get(pk=row.pk).state for row in rows]


def test_form_code_place_and_back_again_without_an_account(client, otto, clara):
    event = open_event(otto, capacity=1, joining="https://example.org/raum")
    form = client.post(reverse("event_register", args=[event.slug]), PERSON)
    assert form["Location"] == reverse("event_code", args=[event.slug])
    asked = Registration.objects.get()
    assert (asked.state, asked.email, asked.listed_since, asked.photos_since) == (
        "unconfirmed", "clara@example.org", None, None,
    )  # fmt: skip

    done = client.post(form["Location"], {"code": code_of(asked)}, follow=True, headers=ENGLISH)

    assert "Registered." in done.content.decode()
    assert "https://example.org/raum" in done.content.decode()
    assert (
        "example.org/raum" not in client.get(reverse("event", args=[event.slug])).content.decode()
    )
    assert mails_of(asked) == ["event_code", "event_registered"]
    client.post(reverse("my_registration_cancel", args=[EVENT]))
    assert state_of(asked) == ["cancelled"]


def test_a_wrong_code_counts_and_the_sixth_try_is_refused(otto):
    asked = ask(open_event(otto))
    right = code_of(asked)
    wrong = "000000" if right != "000000" else "000001"
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(registrations.WrongCode) as refusal:
            registrations.confirm(asked, wrong)
        assert (str(left) in refusal.value.message) == (left > 0)

    with pytest.raises(registrations.WrongCode, match="too often"):
        registrations.confirm(asked, right)
    registrations.send_code(asked)
    assert registrations.confirm(asked, code_of(asked)).state == "confirmed"


def test_the_code_can_be_typed_in_another_browser_by_the_link_of_the_mail(otto):
    asked = ask(open_event(otto))
    client = own_page(asked)
    page = client.post(reverse("event_code", args=[EVENT]), {"code": code_of(asked)})
    assert page["Location"] == reverse("my_registration", args=[EVENT])
    assert state_of(asked) == ["confirmed"]


def test_a_known_address_is_told_by_mail_and_nobody_else_learns_it(client, otto):
    event = open_event(otto)
    first = registered(event)

    answer = client.post(reverse("event_register", args=[event.slug]), PERSON)

    assert answer["Location"] == reverse("event_code", args=[event.slug])
    assert "event_known" in mails_of(first)
    again = Registration.objects.latest("pk")
    assert mails_of(again) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        states.advance(again, "confirmed", by=None, confirmed_at=timezone.now())


def test_a_full_event_makes_a_waiting_list_that_moves_up_and_tells(otto):
    event = open_event(otto, capacity=1)
    clara, olaf, dora = (registered(event, name) for name in ("Clara", "Olaf", "Dora"))
    assert state_of(clara, olaf, dora) == ["confirmed", "waiting", "waiting"]
    assert registrations.places_left(event) == 0

    registrations.cancel(clara)
    assert state_of(clara, olaf, dora) == ["cancelled", "offered", "waiting"]
    assert mails_of(olaf) == ["event_code", "event_waiting", "event_place_free"]
    late = registered(event, "Paula")
    assert late.state == "waiting", "nobody overtakes those who wait"

    olaf.refresh_from_db()
    registrations.cancel(olaf)
    assert state_of(olaf, dora, late) == ["cancelled", "offered", "waiting"]
    dora.refresh_from_db()
    registrations.accept_offer(dora)
    assert state_of(dora, late) == ["confirmed", "waiting"]


def test_silence_passes_the_place_on(otto):
    event = open_event(otto, capacity=1)
    clara, olaf, dora = (registered(event, name) for name in ("Clara", "Olaf", "Dora"))
    registrations.cancel(clara)
    assert waiting_list.keep_deadlines() == 0

    with time_machine.travel(timezone.now() + dt.timedelta(hours=49), tick=False):
        olaf.refresh_from_db()
        with pytest.raises(registrations.NotPossible, match="time to answer is over"):
            registrations.accept_offer(olaf)
        assert (waiting_list.keep_deadlines(), waiting_list.keep_deadlines()) == (1, 0)
        assert state_of(olaf, dora) == ["lapsed", "offered"]
    assert mails_of(olaf)[-1] == "event_offer_over"


def test_more_places_ask_more_people_and_fewer_are_refused(otto):
    event = open_event(otto, capacity=1)
    registered(event)
    olaf = registered(event, "Olaf")

    events.describe(event, capacity=2, by=otto)
    assert state_of(olaf) == ["offered"]
    with pytest.raises(events.StillBooked):
        events.describe(event, capacity=1, by=otto)


def test_a_closed_event_says_so_and_keeps_what_was_typed(client, otto):
    event = open_event(otto)
    with time_machine.travel(event.registration_until, tick=False):
        page = client.post(reverse("event_register", args=[event.slug]), PERSON, headers=ENGLISH)

    assert page.context["form"].non_field_errors() == [
        "Registration for this event is closed. Nothing was sent."
    ]
    assert 'value="Verein"' in page.content.decode()
    assert Registration.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_get_three_places(otto):
    event = open_event(otto, capacity=3)
    asked = [ask(event, f"Eile{n}") for n in range(8)]
    codes = [code_of(each) for each in asked]

    at_once(*[
        lambda e=each, c=code: registrations.confirm(e, c)
        for each, code in zip(asked, codes, strict=True)
    ])  # fmt: skip

    assert sorted(state_of(*asked)) == ["confirmed"] * 3 + ["waiting"] * 5


@pytest.mark.django_db(transaction=True)
def test_the_database_gives_no_place_twice_even_without_our_lock(otto):
    event = open_event(otto, capacity=1)
    asked = [ask(event, f"Eile{n}") for n in range(6)]
    refused = []

    def seize(each):
        try:
            states.advance(each, "confirmed", by=None, confirmed_at=timezone.now())
        except IntegrityError as error:
            refused.append(str(error))

    at_once(*[lambda e=each: seize(e) for each in asked])

    assert state_of(*asked).count("confirmed") == 1
    assert len([each for each in refused if "places-are-counted" in each]) == 5


def test_the_reminder_goes_out_exactly_once(otto):
    event = open_event(otto, days=20)
    clara = registered(event)
    waiting = registered(open_event(otto, title="Voll", capacity=1), "Olaf")
    with time_machine.travel(event.starts_at - dt.timedelta(hours=40), tick=False):
        registrations.cancel(waiting)
        first, second = registration_letters.remind_due(), registration_letters.remind_due()

    assert (first, second) == (1, 0)
    assert mails_of(clara).count("event_reminder") == 1


def test_everybody_is_told_of_a_new_time_and_of_the_end(otto):
    event = open_event(otto)
    clara = registered(event)
    hour = dt.timedelta(hours=1)

    events.describe(
        event, starts_at=event.starts_at + hour, ends_at=event.ends_at + hour, by=otto
    )  # fmt: skip
    events.describe(event, summary=text("Neues"), by=otto)
    events.cancel(event, text("Sturm", "Storm"), by=otto)

    assert mails_of(clara)[2:] == ["event_moved", "event_cancelled"]
    assert "Storm" in OutgoingMail.objects.get(kind="event_cancelled").body


def test_consents_are_separate_and_can_be_taken_back(otto):
    event = open_event(otto, mode="hybrid")
    asked = registered(event, listed=True, presence="digital")
    assert (asked.listed_since is not None, asked.photos_since) == (True, None)

    client = own_page(asked)
    client.post(
        reverse("my_registration", args=[EVENT]),
        {"name": "Clara", "presence": "on_site", "photos": "on"},
    )

    asked.refresh_from_db()
    assert (asked.listed_since, asked.photos_since is not None, asked.presence) == (
        None, True, "on_site",
    )  # fmt: skip


def test_only_those_who_agreed_are_told_to_those_who_have_a_place(otto):
    event = open_event(otto, capacity=3)
    clara = registered(event, "Clara")
    registered(event, "Olaf", listed=True, organisation="Verein")
    registered(event, "Dora")
    waiting = registered(event, "Paula", listed=True)

    page = own_page(clara).get(reverse("my_registration", args=[EVENT])).content.decode()
    assert "Olaf, Verein" in page
    assert "Dora" not in page
    assert "Paula" not in page
    kept_out = own_page(waiting).get(reverse("my_registration", args=[EVENT])).content.decode()
    assert "Olaf" not in kept_out


def test_the_list_for_the_door_is_no_formula(client, otto):
    event = open_event(otto)
    registered(event, "Clara", organisation="=1+1")
    answer = login(client, otto).get(reverse("event_guests_csv", args=[event.slug]))
    assert "Clara;'=1+1" in answer.content.decode("utf-8-sig")


@pytest.mark.django_db
def test_forged_links_open_nothing(client):
    assert client.get(reverse("registration_enter", args=["a~b"])).status_code == 404
    assert client.get(reverse("my_registration", args=[EVENT])).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"nickname": "bot"}, "A hidden field was filled in"),
        ({"stamp": ""}, "That was very quick."),
        ({"email": f"{'a' * 250}@example.org"}, "at most 254 characters"),
    ],
)
def test_a_program_registers_nobody_and_a_person_keeps_what_was_typed(
    client, otto, changed, sentence
):
    address = reverse("event_register", args=[open_event(otto).slug])
    page = client.post(address, {**PERSON, **changed}, headers=ENGLISH).content.decode()
    assert sentence in page
    assert 'value="Verein"' in page
    assert 'name="stamp" value="' in page
    assert not Registration.objects.exists()


@pytest.mark.parametrize("limit", ["FOR_EVENT", "FROM_EVERYBODY"])
def test_nobody_has_the_portal_write_to_any_number_of_addresses(otto, limit):
    event, other = open_event(otto), open_event(otto, title="Anderer")
    asked = ask(event)
    most = getattr(registrations, limit)
    subject = str(event.pk) if limit == "FOR_EVENT" else "everybody"
    for _n in range(most.at_most - 1):
        most.use(subject)
    with pytest.raises(TooOften):
        ask(event, "Olaf")
    with pytest.raises(TooOften):
        registrations.send_code(asked)
    if limit == "FOR_EVENT":
        assert ask(other, "Olaf").pk
    assert OutgoingMail.objects.filter(kind="event_code").count() == 1 + (limit == "FOR_EVENT")


def test_where_people_are_invited_nobody_else_registers(client, otto):
    event = open_event(otto)
    asked = ask(event)
    office = login(Client(), otto)
    address = reverse("event_edit", args=[event.slug])
    form = office.get(address, headers=ENGLISH).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    office.post(address, {**sent, "topics": [], "access": "invited"}, headers=ENGLISH)
    event.refresh_from_db()
    assert (event.access, event.registration_until) == ("invited", event.starts_at)

    with pytest.raises(registrations.RegistrationClosed):
        registrations.confirm(asked, code_of(asked))
    with pytest.raises(IntegrityError, match="nobody invited"), transaction.atomic():
        states.advance(asked, "confirmed", by=None, confirmed_at=timezone.now())
    register = reverse("event_register", args=[event.slug])
    shown = client.get(register, headers=ENGLISH).content.decode()
    assert "You have an invitation? Register by the link in the mail." in shown
    page = client.post(register, {**PERSON, "email": "neu@example.org"}, headers=ENGLISH)
    assert page.context["form"].non_field_errors() == [
        "Registration for this event is closed. Nothing was sent."
    ]
    assert Registration.objects.count() == 1

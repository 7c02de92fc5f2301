"""A body is asked by mail, names somebody by its link, and is asked again when they decline."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import NamingRequest, Nomination, Seat
from circles.seating import naming, nominations
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.circles.factories import bring_to_its_end, text
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("circle_ground")
ENGLISH = {"accept-language": "en"}
PERSON = {
    "name": "Nora Nord", "email": "nora@example.org", "reason": "kennt die Netze",
    "match": "baut Funknetze", "fits": "on", "agreed": "on",
}  # fmt: skip


@pytest.fixture
def seat(circle):
    return circle.seats.get(number=6)


@pytest.fixture
def asked(seat, otto):
    return naming.ask_body(
        seat, body="Hochschule", email="rektorat@example.org", contact_name="Rektorat",
        expertise=text("Funknetze"), by=otto,
    )  # fmt: skip


def token_in(kind: str = "naming_request") -> str:
    body = OutgoingMail.objects.filter(kind=kind).latest("pk").body
    return re.search(r"/benennung/([\w-]+)/", body)[1]


def enter(client: Client, token: str) -> Client:
    assert client.get(reverse("naming_enter", args=[token]))["Location"] == reverse("naming")
    return client


def test_the_office_asks_by_the_page(client, otto, seat):
    office = login(client, otto)
    path = reverse("seat_ask", args=[seat.circle.slug, 6])
    form = {
        "body": "Hochschule", "email": "rektorat@example.org", "language": "de", "days": "14",
        "expertise_de": "Funknetze",
    }  # fmt: skip

    refused = office.post(path, form | {"days": "1", "note": "Bitte bald"}, headers=ENGLISH)
    assert "Bitte bald" in refused.content.decode()
    office.post(path, form)

    made = NamingRequest.objects.get()
    assert (made.body, made.state, str(made.seat.expertise)) == ("Hochschule", "open", "Funknetze")


@pytest.mark.req("R118")
def test_the_body_names_without_an_account_and_the_person_is_asked(client, seat, asked):
    body = enter(client, token_in())
    page = body.get(reverse("naming"), headers=ENGLISH).content.decode()
    assert "Hochschule may name one person" in page

    unchecked = {key: value for key, value in PERSON.items() if key not in ("fits", "agreed")}
    refused = body.post(reverse("naming"), unchecked, headers=ENGLISH)
    assert sorted(refused.context["form"].errors) == ["agreed", "fits"]
    assert "baut Funknetze" in refused.content.decode()
    body.post(reverse("naming"), PERSON)

    nomination = Nomination.objects.get()
    seat.refresh_from_db()
    asked.refresh_from_db()
    assert (nomination.request, nomination.nominated_by, nomination.match) == (
        asked, None, "baut Funknetze",
    )  # fmt: skip
    assert (asked.state, seat.state, seat.nominated_by_body) == ("named", "offered", "Hochschule")
    assert OutgoingMail.objects.get(kind="seat_offered").to == "nora@example.org"
    assert OutgoingMail.objects.get(kind="naming_received").to == "rektorat@example.org"
    thanks = body.get(reverse("naming"), headers=ENGLISH).content.decode()
    assert "You have named somebody" in thanks
    assert "nora@example.org" not in thanks


def test_neither_database_nor_session_keeps_the_token(client, asked):
    enter(client, token_in())

    assert token_in() not in str(NamingRequest.objects.values().get())
    assert token_in() not in str(client.session.items())
    assert token_in() not in str(list(Effect.objects.values()))


def test_a_withdrawn_request_lets_nobody_name(client, otto, seat, asked):
    body = enter(Client(), token_in())
    login(client, otto).post(reverse("seat_ask_withdraw", args=[seat.circle.slug, 6]))

    assert "has withdrawn" in body.get(reverse("naming"), headers=ENGLISH).content.decode()
    refused = body.post(reverse("naming"), PERSON, headers=ENGLISH)
    assert refused.status_code == 200
    assert not Nomination.objects.exists()
    assert OutgoingMail.objects.filter(kind="naming_withdrawn").exists()


def test_after_the_day_the_link_names_nobody_and_the_office_is_free(seat, asked):
    NamingRequest.objects.update(requested_at=timezone.now() - dt.timedelta(days=20))
    NamingRequest.objects.update(name_by=timezone.now())
    asked.refresh_from_db()

    with pytest.raises(naming.RequestClosed):
        naming.name_person(asked, **person())
    assert naming.keep_deadlines() == 1
    assert naming.keep_deadlines() == 0
    asked.refresh_from_db()
    assert asked.state == "expired"


def test_the_body_declines_with_a_word(client, seat, asked):
    enter(client, token_in()).post(reverse("naming_decline"), {"answer": "Niemand hat Zeit."})

    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("declined", "Niemand hat Zeit.")


@pytest.mark.parametrize("silent", [False, True], ids=["declined", "expired"])
def test_when_the_person_does_not_come_the_body_is_asked_again(seat, asked, silent):
    nomination = naming.name_person(asked, **person())
    if silent:
        Nomination.objects.update(answer_by=timezone.now())
        naming.keep_deadlines()
    else:
        naming.decline_seat(nomination, by=nomination.person)

    nomination.refresh_from_db()
    again = NamingRequest.objects.get(state="open")
    assert nomination.state == ("expired" if silent else "declined")
    assert (again.previous, again.body, again.email) == (asked, "Hochschule", asked.email)
    assert naming.find_by_token(token_in("naming_again")) == again
    assert Seat.objects.get(pk=seat.pk).state == "free"


def test_a_member_who_leaves_is_replaced_by_the_same_body(seat, asked):
    nomination = naming.name_person(asked, **person())
    nominations.accept(nomination, name_is_public=False, by=nomination.person)
    seat.refresh_from_db()

    naming.leave_seat(seat, by=nomination.person)

    assert NamingRequest.objects.get(state="open").previous == asked


def test_the_body_is_reminded_exactly_once(asked, do_work):
    Effect.objects.filter(kind=naming.REMINDER).update(due_at=timezone.now())
    do_work()
    link = NamingRequest.objects.get().reminder_digest
    naming.remind(asked.pk)

    assert OutgoingMail.objects.filter(kind="naming_reminder").count() == 1
    assert NamingRequest.objects.get().reminder_digest == link


def test_a_body_that_has_answered_is_not_reminded(asked):
    naming.decline(asked)
    naming.remind(asked.pk)

    assert not OutgoingMail.objects.filter(kind="naming_reminder").exists()


def test_one_body_at_a_time(seat, asked, otto):
    with pytest.raises(naming.NotAskable) as refusal:
        naming.ask_body(seat, body="Verein", email="verein@example.org", by=otto)
    assert refusal.value.code == "asked-already"
    with pytest.raises(nominations.SeatNotFree):
        nominations.nominate(
            seat, name="Ute", email="ute@example.org", body="x", nominated_on="2026-11-01",
            reason="x", match="x", by=otto,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="naming_one_open_per_seat"), transaction.atomic():
        NamingRequest.objects.create(
            seat=seat, body="x", email="x@example.org", token_digest="x", requested_by=otto,
            name_by=timezone.now() + dt.timedelta(days=1),
        )  # fmt: skip


def test_nobody_is_asked_for_a_seat_by_lot(seat, otto):
    with pytest.raises(naming.NotAskable) as refusal:
        naming.ask_body(seat.circle.seats.get(number=11), body="x", email="x@example.org", by=otto)
    assert refusal.value.code == "seat-by-lot"


def test_somebody_who_sits_already_is_refused_with_a_sentence(client, otto, seat, asked):
    other = seat.circle.seats.get(number=1)
    nominations.nominate(
        other, name="Nora", email="nora@example.org", body="Rat", nominated_on="2026-11-01",
        reason="x", by=otto,
    )  # fmt: skip

    refused = enter(client, token_in()).post(reverse("naming"), PERSON, headers=ENGLISH)

    assert "This person has a seat in this circle already." in refused.content.decode()
    asked.refresh_from_db()
    assert asked.state == "open"


def person() -> dict[str, str]:
    return {name: PERSON[name] for name in ("name", "email", "reason", "match")}


def test_after_the_end_of_the_circle_nobody_keeps_the_contact(seat, asked):
    assert naming.forget_contacts() == 0
    bring_to_its_end(seat.circle)

    assert naming.forget_contacts() == 1
    asked.refresh_from_db()
    assert (asked.email, asked.contact_name, asked.body) == ("", "", "Hochschule")

"""A body names a person; the person answers by the link in the mail, without an account."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from circles import nominations
from circles.models import Nomination, Seat
from foundation.mail.models import OutgoingMail
from tests.circles.factories import make_circle, text
from tests.conftest import login

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def seat(otto):
    return make_circle(otto).seats.get(number=6)


@pytest.fixture
def nomination(seat, otto):
    return nominate(seat, otto)


def nominate(seat, otto, email="nora@example.org"):
    return nominations.nominate(
        seat, name="Nora\nNord", email=email, body="Hochschule", nominated_on="2026-11-01",
        reason="kennt die Netze", expertise=text("Funknetze"), by=otto,
    )  # fmt: skip


def token_in_mail() -> str:
    body = OutgoingMail.objects.get(kind="seat_offered").body
    return re.search(r"/benennung/([\w-]+)/", body)[1]


def test_the_token_exists_only_in_the_mail(nomination):
    token = token_in_mail()

    assert nominations.find_by_token(token) == nomination
    assert token not in str(Nomination.objects.values().get())
    assert OutgoingMail.objects.get(kind="seat_offered").to_name == "Nora Nord"


def test_the_link_leaves_the_address_and_shows_who_and_why(client, nomination):
    response = client.get(reverse("nomination_enter", args=[token_in_mail()]))
    assert response["Location"] == reverse("nomination")

    page = client.get(reverse("nomination"), headers=ENGLISH).content.decode()
    assert "Hochschule has named you" in page
    assert "kennt die Netze" in page


def test_accepting_by_the_page(client, seat, nomination):
    client.get(reverse("nomination_enter", args=[token_in_mail()]))
    missing = client.post(reverse("nomination_accept"), {"conflict": "Firma X"}, headers=ENGLISH)
    assert missing.context["form"].errors == {"declared": ["Please confirm this to take the seat."]}
    assert "Firma X" in missing.content.decode()

    answer = {"conflict": "Firma X", "declared": "on", "name_is_public": "on"}
    client.post(reverse("nomination_accept"), answer)

    seat.refresh_from_db()
    nomination.refresh_from_db()
    assert (seat.state, seat.name_is_public) == (Seat.State.TAKEN, True)
    assert (nomination.state, nomination.conflict) == ("accepted", "Firma X")


def test_declining_frees_the_seat(client, seat, nomination):
    client.get(reverse("nomination_enter", args=[token_in_mail()]))
    client.post(reverse("nomination_decline"))

    seat.refresh_from_db()
    assert (seat.state, seat.holder, seat.nominated_by_body) == (Seat.State.FREE, None, "")


def test_a_get_answers_nothing(client, nomination):
    for name in ("nomination_accept", "nomination_decline"):
        assert client.get(reverse(name)).status_code == 405
    nomination.refresh_from_db()
    assert nomination.state == "open"


def test_answering_twice_gets_a_sentence(nomination):
    nominations.accept(nomination, name_is_public=False, by=None)

    with pytest.raises(nominations.AlreadyAnswered):
        nominations.decline(nomination, by=None)


def test_one_person_one_seat(seat, nomination, otto):
    other = seat.circle.seats.get(number=7)

    with pytest.raises(nominations.SitsAlready):
        nominate(other, otto)


def test_an_offered_seat_is_not_offered_again(seat, nomination, otto):
    with pytest.raises(nominations.SeatNotFree):
        nominate(seat, otto, email="andere@example.org")


def test_the_office_takes_an_offer_back(client, otto, seat, nomination):
    office = login(client, otto)
    office.post(reverse("seat_take_back", args=[seat.circle.slug, 6]))

    seat.refresh_from_db()
    assert seat.state == Seat.State.FREE
    visitor = Client()
    visitor.get(reverse("nomination_enter", args=[token_in_mail()]))
    page = visitor.get(reverse("nomination"), headers=ENGLISH).content.decode()
    assert "The office has withdrawn this offer" in page


@pytest.mark.django_db
def test_an_unknown_token_is_nothing(client):
    assert client.get(reverse("nomination_enter", args=["x" * 32])).status_code == 404
    assert client.get(reverse("nomination")).status_code == 404

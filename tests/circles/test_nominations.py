"""A body names a person; the person answers by the link in the mail, without an account."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import Nomination, Seat
from circles.seating import nominations
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.circles.factories import text
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("circle_ground")
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def seat(circle):
    return circle.seats.get(number=6)


@pytest.fixture
def nomination(seat, otto):
    return nominate(seat, otto)


def nominate(seat, otto, email="nora@example.org"):
    return nominations.nominate(
        seat, name="Nora\nNord", email=email, body="Hochschule", nominated_on="2026-11-01",
        reason="kennt die Netze", match="baut Funknetze", expertise=text("Funknetze"), by=otto,
    )  # fmt: skip


def token_in_mail() -> str:
    body = OutgoingMail.objects.get(kind="seat_offered").body
    return re.search(r"/einladung/([\w-]+)/", body)[1]


def test_the_token_exists_only_in_the_mail(nomination):
    token = token_in_mail()

    assert nominations.find_by_token(token) == nomination
    assert token not in str(Nomination.objects.values().get())
    assert OutgoingMail.objects.get(kind="seat_offered").to_name == "Nora Nord"


def test_the_link_leaves_the_address_and_shows_who_and_why(client, nomination):
    response = client.get(reverse("open_invitation", args=[token_in_mail()]))
    assert response["Location"] == reverse("nomination")

    page = client.get(reverse("nomination"), headers=ENGLISH).content.decode()
    assert "Hochschule has named you" in page
    assert "kennt die Netze" in page


def test_accepting_by_the_page(client, seat, nomination):
    client.get(reverse("open_invitation", args=[token_in_mail()]))
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
    client.get(reverse("open_invitation", args=[token_in_mail()]))
    client.post(reverse("nomination_decline"))

    seat.refresh_from_db()
    assert (seat.state, seat.holder, seat.nominated_by_body) == (Seat.State.FREE, None, "")


def test_a_get_answers_nothing(client, nomination):
    for name in ("nomination_accept", "nomination_decline"):
        assert client.get(reverse(name)).status_code == 405
    nomination.refresh_from_db()
    assert nomination.state == "open"


def test_the_session_keeps_no_token(client, nomination):
    client.get(reverse("open_invitation", args=[token_in_mail()]))

    assert token_in_mail() not in str(client.session.items())


def test_nothing_is_accepted_after_the_day(seat, nomination):
    Nomination.objects.update(answer_by=timezone.now())
    nomination.refresh_from_db()

    with pytest.raises(nominations.AlreadyAnswered) as refusal:
        nominations.accept(nomination, name_is_public=False, by=None)
    assert refusal.value.code == "too-late"


def test_the_silent_are_reminded_exactly_once_by_a_link_of_its_own(client, nomination, do_work):
    Effect.objects.filter(kind=nominations.REMINDER).update(due_at=timezone.now())
    do_work()
    link = Nomination.objects.get().reminder_digest
    nominations.remind(nomination.pk)

    reminder = OutgoingMail.objects.get(kind="seat_reminder")
    assert reminder.state == "sent"
    nomination.refresh_from_db()
    assert nomination.reminder_digest == link
    assert link not in (None, nomination.token_digest)


def test_whoever_has_answered_is_not_reminded(nomination):
    nominations.decline(nomination, by=None)
    nominations.remind(nomination.pk)

    assert not OutgoingMail.objects.filter(kind="seat_reminder").exists()


@pytest.mark.req("R118")
def test_an_experts_knowledge_must_fit_the_topic(seat, otto):
    with pytest.raises(nominations.MatchMissing):
        nominations.nominate(
            seat, name="Nora", email="nora@example.org", body="Hochschule",
            nominated_on="2026-11-01", reason="kennt die Netze", match=" ", by=otto,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="expert-fits"), transaction.atomic():
        Nomination.objects.create(
            seat=seat, person=otto, body="x", reason="x", token_digest="x", nominated_by=otto
        )


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
    visitor.get(reverse("open_invitation", args=[token_in_mail()]))
    page = visitor.get(reverse("nomination"), headers=ENGLISH).content.decode()
    assert "The office has withdrawn this offer" in page


@pytest.mark.django_db
def test_an_unknown_token_is_nothing(client):
    client.get(reverse("open_invitation", args=["x" * 32]))
    assert client.get(reverse("nomination")).status_code == 404

"""Fifteen seats: five sectors, five experts, five by lot; kept by the database."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from circles.models import Circle, Seat
from circles.seating import circles, nominations, seats
from formats.weighing import visions
from foundation import states
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from tests.circles.factories import make_circle, make_work_order, text

pytestmark = pytest.mark.usefixtures("circle_ground")


def check_now():
    """Run the deferred rules, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.req("R116")
@pytest.mark.req("R117")
@pytest.mark.req("R118")
def test_a_circle_begins_with_fifteen_free_seats(circle):
    kinds = list(circle.seats.values_list("number", "kind", "sector", "state"))

    assert kinds == [
        (1, "sector", "administration", "free"),
        (2, "sector", "science", "free"),
        (3, "sector", "business", "free"),
        (4, "sector", "politics", "free"),
        (5, "sector", "civil_society", "free"),
        *[(n, "expert", "", "free") for n in range(6, 11)],
        *[(n, "lot", "", "free") for n in range(11, 16)],
    ]
    check_now()


@pytest.mark.req("R116")
def test_the_database_refuses_a_fourteenth_and_a_sixteenth(circle):
    with pytest.raises(IntegrityError), transaction.atomic():
        circle.seats.get(number=15).delete()
        check_now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(circle=circle, number=16, kind="lot")


@pytest.mark.req("R117")
def test_a_sector_has_one_seat(circle):
    with pytest.raises(IntegrityError), transaction.atomic():
        circle.seats.filter(number=2).update(sector="administration")


@pytest.mark.req("R119")
def test_nobody_is_put_on_a_seat_by_lot(circle, otto, clara):
    seat = circle.seats.get(number=11)

    with pytest.raises(nominations.SeatNotFree):
        nominate(seat, otto)
    with pytest.raises(IntegrityError), transaction.atomic():
        states.advance(seat, Seat.State.OFFERED, by=otto, holder=clara, ticket="0" * 40)
        states.advance(seat, Seat.State.TAKEN, by=otto, taken_at="2026-01-01T00:00:00Z")


@pytest.mark.req("R115")
def test_a_circle_needs_an_adopted_vision_and_an_order_of_its_own(otto):
    office_order = make_work_order(otto, addressee="office")
    with pytest.raises(circles.NotFoundable) as refusal:
        make_circle(otto, order=office_order)
    assert refusal.value.code == "order-of-the-office"

    order = make_work_order(otto)
    visions.set_aside(order.vision, reason=LocalizedText.of("de", "Erledigt."), by=otto)
    with pytest.raises(circles.NotFoundable) as refusal:
        make_circle(otto, order=order)
    assert refusal.value.code == "vision-not-adopted"


def test_one_order_one_circle(otto, circle):
    with pytest.raises(DomainError) as refusal:
        make_circle(otto, order=circle.work_order)
    assert refusal.value.code == "undeclared-move"
    assert Circle.objects.count() == 1


@pytest.mark.req("R116")
def test_complete_is_fifteen_taken_seats(circle, otto):
    for seat in circle.seats.filter(kind__in=["sector", "expert"]):
        nominations.accept(nominate(seat, otto), name_is_public=True, by=None)

    all_seats = list(circle.seats.select_related("holder"))
    assert seats.missing(all_seats)[0].startswith("5 ")
    assert seats.count(all_seats) == seats.Count(taken=10, offered=0, free=5)


def test_who_is_missing(circle):
    assert len(seats.missing(list(circle.seats.all()))) == 5 + 1 + 1


def test_names_are_shown_only_with_consent(circle, otto):
    for number, public in ((1, True), (2, False)):
        seat = circle.seats.get(number=number)
        nominations.accept(nominate(seat, otto), name_is_public=public, by=None)

    sectors = seats.groups(list(circle.seats.select_related("holder")))[0]

    assert "Nora 1" in sectors.places[0].text
    assert "Nora 2" not in sectors.places[1].text
    assert [place.state for place in sectors.places] == ["taken", "taken", "free", "free", "free"]


def nominate(seat, otto):
    return nominations.nominate(
        seat, name=f"Nora {seat.number}", email=f"nora{seat.number}@example.org", body="Hochschule",
        nominated_on="2026-11-01", reason="kennt das Thema", match="passt",
        expertise=text("Funk"), by=otto,
    )  # fmt: skip

"""A circle at work is a private body, and its members are those who sit on its seats, always."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from circles.applying import erasure
from circles.gathering import rooms
from circles.models import Application, Circle, Offer, Seat, SeatTerm
from circles.seating import circles, departures, memberships, offers
from formats.models import Body, Membership
from foundation.accounts.models import Mandate, Role
from foundation.audit.models import Entry
from tests.circles.factories import circle_at_work, make_circle, seat_by_body, text
from tests.conftest import player

pytestmark = pytest.mark.req("R114")


def sits(circle: Circle) -> list[str]:
    """Addresses of the members of the circle's body."""
    current = Membership.objects.filter(body__circle=circle, ends_on=None)
    return sorted(current.values_list("user__email", flat=True))


def check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_a_circle_that_begins_gets_a_private_body_with_everybody_who_sits(otto):
    circle = circle_at_work(otto, members=3)
    body = circle.body
    assert (body.slug, body.short_name) == (circle.number.lower(), circle.number)
    assert body.name == "Innovationszirkel Abends gut nach Hause"
    assert (body.is_public, body.sessions_min, body.sessions_max) == (False, 0, None)
    assert (body.quorum_percent, body.notice_days) == (50, 0)
    assert body.leads_to == f"/zirkel/{circle.slug}/raum/treffen/"
    assert sits(circle) == [f"seat{n}@example.org" for n in (1, 2, 3)]
    assert Membership.objects.get(user__email="seat2@example.org").on_behalf_of == "Gremium 2"
    check_now()


def test_before_it_begins_there_is_no_body(otto):
    circle = make_circle(otto)
    seat_by_body(circle, 1, otto)
    assert (circle.body_id, Body.objects.filter(is_public=False).count()) == (None, 0)


def test_a_seat_gives_no_role_because_the_seat_is_enough(otto):
    circle_at_work(otto, members=2)
    assert not Mandate.objects.filter(role=Role.CIRCLE_MEMBER).exists()


def test_whoever_takes_a_seat_later_is_a_member_and_whoever_leaves_is_none(otto):
    circle = circle_at_work(otto, members=1)
    nora = seat_by_body(circle, 2, otto, email="nora@example.org")
    assert sits(circle) == ["nora@example.org", "seat1@example.org"]

    memberships.give_back(circle.seats.get(number=2), by=nora)
    assert sits(circle) == ["seat1@example.org"]
    gone = Membership.objects.get(user=nora)
    # Of this day nothing counts but that the person came; a day before that they had left.
    assert gone.ends_on == gone.starts_on == timezone.localdate()

    seat_by_body(circle, 3, otto, email="nora@example.org")
    assert sits(circle) == ["nora@example.org", "seat1@example.org"]
    check_now()


def test_whoever_leaves_after_days_does_not_count_on_the_day_of_leaving(otto):
    circle = circle_at_work(otto, members=2)
    today = timezone.localdate()
    Membership.objects.update(starts_on=today - dt.timedelta(days=10))
    person = SeatTerm.objects.get(seat__number=2, seat__circle=circle).person
    memberships.give_back(circle.seats.get(number=2), by=person)
    seat_by_body(circle, 2, otto, email="neu@example.org")
    members = Membership.objects.on(today).filter(body=circle.body)
    assert sorted(members.values_list("user__email", flat=True)) == [
        "neu@example.org", "seat1@example.org"
    ]  # fmt: skip


def test_the_database_refuses_a_member_without_a_seat_and_a_seat_without_a_member(otto):
    circle = circle_at_work(otto, members=1)
    term = SeatTerm.objects.get(seat__circle=circle)
    with pytest.raises(IntegrityError, match="term-is-member"), transaction.atomic():
        Membership.objects.filter(user=term.person).update(ends_on=timezone.localdate())
        SeatTerm.objects.filter(pk=term.pk).update(began_at=term.began_at)
        check_now()


@pytest.mark.usefixtures("drawn_ground")
class TestByLot:
    """Seats by lot come and go by the doors of the draw."""

    @pytest.fixture
    def circle(self, drawn, otto):
        found = drawn.draw.call.circle
        circles.begin_work(found, reason=text("Ein Anfang."), by=otto)
        found.refresh_from_db()
        return found

    def take(self, place: int) -> Offer:
        offer = Offer.objects.get(place=place)
        offers.answer(offer, accept=True, by=offer.application.user)
        return offer

    def test_accepting_a_place_admits_and_giving_it_back_ends_it(self, circle, drawn):
        first = self.take(1)
        person = first.application.user
        assert sits(circle) == [person.email]
        assert Membership.objects.get(user=person).on_behalf_of == rooms.BY_LOT

        memberships.give_back(Seat.objects.get(pk=first.seat_id), by=person)
        assert sits(circle) == []
        moved_up = Offer.objects.filter(seat=first.seat_id).latest("pk")
        offers.answer(moved_up, accept=True, by=moved_up.application.user)
        assert sits(circle) == [moved_up.application.user.email]
        check_now()

    def test_a_departure_that_two_people_let_pass_ends_it(self, circle, drawn, otto, rita):
        offer = self.take(1)
        offers.begin_departure(offer.application, by=otto)
        departure = departures.open_for(offer)
        assert sits(circle) != []
        departures.tell(departure, channel="phone", by=rita)
        call = drawn.draw.call
        type(call).objects.filter(pk=call.pk).update(
            clock_ahead=call.clock_ahead + dt.timedelta(days=4)
        )
        departures.confirm(departure, by=player("Leo"))
        assert sits(circle) == []

    def test_the_trail_names_nobody_who_was_drawn(self, circle, drawn):
        offer = self.take(1)
        person = offer.application.user
        memberships.give_back(Seat.objects.get(pk=offer.seat_id), by=person)
        assert not Entry.objects.filter(actor_id=person.pk).exists()
        assert not Entry.objects.filter(details__user=person.pk).exists()

    def test_whoever_is_forgotten_is_nobody_in_the_body_either(self, circle, drawn):
        offer = self.take(1)
        person = offer.application.user
        memberships.give_back(Seat.objects.get(pk=offer.seat_id), by=person)
        erasure.erase(Application.objects.get(pk=offer.application_id), by=person)
        person.refresh_from_db()
        assert Membership.objects.filter(body=circle.body, user=None).count() == 1
        assert (person.name, person.erased_at is None) == ("", False)

    def test_everybody_who_sits_when_the_work_begins_is_admitted(self, drawn, otto):
        offer = self.take(1)
        found = drawn.draw.call.circle
        circles.begin_work(found, reason=text("Ein Anfang."), by=otto)
        assert sits(found) == [offer.application.user.email]


def test_rooms_of_old_circles_are_set_up_by_the_migration(otto):
    circle = circle_at_work(otto, members=2)
    idle = make_circle(otto, name="Ruht noch")
    body, circle.body = circle.body, None
    circle.save(update_fields=["body"])
    body.memberships.all().delete()
    body.delete()
    import_module("circles.migrations.0026_rooms_of_old_circles").set_up(apps, None)
    circle.refresh_from_db()
    idle.refresh_from_db()
    assert sits(circle) == ["seat1@example.org", "seat2@example.org"]
    assert circle.body.leads_to == f"/zirkel/{circle.slug}/raum/treffen/"
    assert (circle.body.is_public, idle.body) == (False, None)

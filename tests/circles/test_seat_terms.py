"""Seats remember who sat when; a circle may begin incomplete if it says why; follow-up calls."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from circles.applying import erasure
from circles.calling import calls, followups
from circles.drawing import freezing
from circles.models import Circle, Offer, SeatTerm
from circles.seating import circles, memberships, nominations, offers
from formats.weighing import work_orders
from foundation import states
from tests.circles.conftest import proof_of
from tests.circles.factories import (
    bring_to_its_end,
    circle_at_work,
    close_call,
    make_application,
    make_call,
    make_meeting,
    qualify,
    text,
)
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("circle_ground")
ENGLISH = {"accept-language": "en"}


def seat_somebody(circle, otto, number=1, email="nora@example.org"):
    nomination = nominations.nominate(
        circle.seats.get(number=number), name="Nora Nord", email=email, body="Personalrat",
        nominated_on="2026-11-01", reason="kennt die Verwaltung", match="x", by=otto,
    )  # fmt: skip
    nominations.accept(nomination, name_is_public=True, by=nomination.person)
    return nomination.person


def check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_a_change_of_member_keeps_both_terms_and_no_name(client, circle, otto):
    nora = seat_somebody(circle, otto)
    memberships.give_back(circle.seats.get(number=1), by=nora)
    ute = seat_somebody(circle, otto, email="ute@example.org")

    terms = list(SeatTerm.objects.order_by("pk").values_list("person", "named_by_body"))
    assert terms == [(nora.pk, "Personalrat"), (ute.pk, "Personalrat")]
    assert [term.ended_at is None for term in SeatTerm.objects.order_by("pk")] == [False, True]
    page = client.get(reverse("circle", args=[circle.slug]), headers=ENGLISH).content.decode()
    assert "Former members" in page
    assert "kennt die Verwaltung" in page


def test_a_former_member_who_leaves_the_portal_is_nobody_in_the_history(circle, otto):
    nora = seat_somebody(circle, otto)
    memberships.give_back(circle.seats.get(number=1), by=nora)
    from_terms = SeatTerm.objects.get()
    erasure.erase_person(nora)

    from_terms.refresh_from_db()
    assert (from_terms.person, from_terms.ended_at is None) == (None, False)


def test_the_database_keeps_seat_and_term_together(circle, otto):
    seat_somebody(circle, otto)
    check_now()
    with pytest.raises(IntegrityError, match="seat-has-term"), transaction.atomic():
        SeatTerm.objects.update(ended_at=timezone.now())
        check_now()
    with pytest.raises(IntegrityError, match="terms-stay"), transaction.atomic():
        SeatTerm.objects.update(began_at=timezone.now())
    with pytest.raises(IntegrityError, match="terms-stay"), transaction.atomic():
        SeatTerm.objects.all().delete()


def test_a_circle_ends_when_its_order_is_done_and_not_before(client, otto):
    circle = circle_at_work(otto, members=1)
    office, path = login(client, otto), reverse("circle_end", args=[circle.slug])
    page = office.get(reverse("circle", args=[circle.slug]), headers=ENGLISH).content.decode()
    assert "End the work of the circle" not in page
    answer = office.post(path, headers=ENGLISH, follow=True).content.decode()
    assert "A circle ends when it has worked and its order is published or closed." in answer

    work_orders.close(circle.work_order, text("Der Rat hat anders entschieden."), by=otto)
    page = office.get(reverse("circle", args=[circle.slug]), headers=ENGLISH).content.decode()
    assert "End the work of the circle" in page
    answer = office.post(path, headers=ENGLISH, follow=True).content.decode()
    assert "The circle has ended. Nobody moves up any more." in answer
    circle.refresh_from_db()
    assert circle.state == Circle.State.FINISHED
    assert circle.began_at < circle.ended_at
    with pytest.raises(circles.NotAtItsEnd):
        circles.end(circle, by=otto)


@pytest.mark.req("R116")
def test_a_circle_begins_incomplete_only_with_a_public_reason(client, circle, otto):
    with pytest.raises(circles.NotReadyToWork) as refusal:
        circles.begin_work(circle, by=otto)
    assert refusal.value.code == "reason-missing"
    office = login(client, otto)
    path = reverse("circle_begin", args=[circle.slug])
    assert office.post(path, {"reason_de": ""}).status_code == 200

    office.post(path, {"reason_de": "Wir warten nicht länger.", "reason_en": "We wait no longer."})

    circle.refresh_from_db()
    assert circle.state == Circle.State.WORKING
    page = client.get(reverse("circle", args=[circle.slug]), headers=ENGLISH).content.decode()
    assert "We wait no longer." in page
    office.post(path, {"reason_de": "Ein Sitz wird neu besetzt."})
    circle.refresh_from_db()
    assert str(circle.incomplete_reason) == "Ein Sitz wird neu besetzt."


@pytest.mark.req("R116")
def test_the_database_lets_no_circle_begin_incomplete_in_silence(circle, otto):
    with pytest.raises(IntegrityError, match="complete-or-explained"), transaction.atomic():
        states.advance(circle, Circle.State.WORKING, by=otto, began_at=timezone.now())


@pytest.fixture
def two_admitted(otto, rita, leo):
    """Two people for five seats: no draw, no reserve."""
    call = make_call(otto)
    for _ in range(2):
        qualify(make_application(call), otto, rita)
    freezing.freeze(close_call(call), all_typed=True, by=leo, proof=proof_of(leo))
    call.refresh_from_db()
    return call


@pytest.mark.req("R119")
def test_when_the_reserve_is_used_up_a_follow_up_call_is_for_the_seats_left(
    client, two_admitted, otto
):
    circle = two_admitted.circle
    assert followups.is_due(circle)
    office = login(client, otto)
    page = office.get(reverse("circle", args=[circle.slug]), headers=ENGLISH).content.decode()
    assert "Prepare a follow-up call" in page
    form = office.get(reverse("call_create", args=[circle.slug])).context["form"]
    assert (form.initial["seats"], form.initial["task_de"]) == (3, "task auf Deutsch")

    later = make_call(otto, circle=circle, meeting=make_meeting(otto), seats=3)

    assert later.state == "open"
    assert not followups.is_due(circle)
    assert calls.current_call(circle, circle.calls.all()) == later


def test_a_follow_up_call_offers_no_more_seats_than_are_left(two_admitted, otto):
    with pytest.raises(calls.NotOpenable, match="Only 3 places by lot are free"):
        make_call(otto, circle=two_admitted.circle, meeting=make_meeting(otto), seats=4)


def test_the_reserve_comes_before_any_further_call(drawn, otto):
    circle = drawn.draw.call.circle
    first = Offer.objects.get(place=1)
    offers.answer(first, accept=True, by=first.application.user)
    assert followups.reserve_left(circle) == 0  # every seat is taken or offered
    assert not followups.is_due(circle)
    seat = first.seat
    with transaction.atomic():
        memberships.give_back(seat, by=first.application.user)
    assert Offer.objects.get(place=6).state == "open"


def test_a_further_call_waits_while_people_of_the_last_draw_could_move_up(drawn, otto):
    circle, first = drawn.draw.call.circle, Offer.objects.get(place=1)
    offers.answer(first, accept=True, by=first.application.user)
    bring_to_its_end(circle)
    memberships.give_back(first.seat, by=first.application.user)

    assert (followups.free_seats(circle), followups.reserve_left(circle)) == (1, 2)
    with pytest.raises(calls.NotOpenable, match="People on the reserve list"):
        make_call(otto, circle=circle, meeting=make_meeting(otto), seats=1)


def test_the_seats_of_a_follow_up_are_filled_by_its_own_draw(two_admitted, otto, rita, leo):
    circle = two_admitted.circle
    later = make_call(otto, circle=circle, meeting=make_meeting(otto), seats=3)
    for _ in range(3):
        qualify(make_application(later), otto, rita)
    freezing.freeze(close_call(later), all_typed=True, by=leo, proof=proof_of(leo))

    offered = Offer.objects.filter(draw__call=later)
    assert sorted(offered.values_list("seat__number", flat=True)) == [13, 14, 15]
    assert Offer.objects.filter(state="open").count() == 5

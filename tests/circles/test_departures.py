"""A no passes a seat on after a second channel, a second person and 48 hours; never sooner."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from circles import deadlines, lottery
from circles.applying import applications, paper
from circles.drawing import draws
from circles.drawing.succession import Events, seats_after
from circles.models import Application, Call, Departure, DrawEvent, Offer, Seat
from circles.seating import departures, offers
from foundation import states
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.circles.factories import pass_on
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("drawn_ground")
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def call(drawn):
    return drawn.draw.call


@pytest.fixture
def departure(drawn):
    offer = Offer.objects.get(place=2)
    offers.answer(offer, accept=False, by=offer.application.user)
    return Departure.objects.get()


def later(call, hours):
    ahead = Call.objects.get(pk=call.pk).clock_ahead + dt.timedelta(hours=hours)
    Call.objects.filter(pk=call.pk).update(clock_ahead=ahead)


def test_nothing_moves_before_two_people_and_48_hours(call, departure, otto, leo):
    def refusal(by) -> str:
        with pytest.raises(departures.NotYet) as refused:
            departures.confirm(departure, by=by)
        return refused.value.message

    assert "First ask the person over a second channel" in refusal(leo)
    departures.tell(departure, channel="phone", by=otto)
    assert "The person may object until" in refusal(leo)
    later(call, 48)
    assert "Another person lets the seat pass on" in refusal(otto)
    assert not Offer.objects.filter(place=6).exists()
    assert not DrawEvent.objects.exists()

    departures.confirm(departure, by=leo)

    sixth = Offer.objects.get(place=6)
    assert (sixth.state, sixth.seat_id) == ("open", departure.offer.seat_id)
    assert [event.kind for event in DrawEvent.objects.all()] == ["decline"]
    with pytest.raises(departures.TooLateToObject):
        departures.confirm(departure, by=leo)


def test_the_database_knows_the_two_people_and_the_time(departure, otto, leo):
    departures.tell(departure, channel="phone", by=otto)
    departure.refresh_from_db()
    for by, at in ((otto, departure.object_until), (leo, departure.began_at)):
        with (
            pytest.raises(IntegrityError, match="departure_by_two_people_in_time"),
            transaction.atomic(),
        ):
            states.advance(departure, "confirmed", by=None, closed_by=by, closed_at=at)
        departure.refresh_from_db()


def test_whoever_noted_the_no_for_somebody_lets_nothing_pass_on(call, departure, otto, leo):
    Departure.objects.update(entered_by=leo)
    departures.tell(departure, channel="letter", by=otto)
    later(call, 48)
    with pytest.raises(departures.NotYet, match="Another person"):
        departures.confirm(departure, by=leo)


def test_the_person_objects_by_the_link_and_accepts(client, call, departure):
    offer = departure.offer
    session = client.session
    session["offer_digest"] = offer.token_digest
    session.save()
    assert (
        "I want the place after all"
        in client.get(reverse("offer"), headers=ENGLISH).content.decode()
    )

    client.post(reverse("offer_object"))
    client.post(reverse("offer_accept"), {"name_is_public": ""})

    offer.refresh_from_db()
    departure.refresh_from_db()
    assert (offer.state, departure.state) == ("accepted", "objected")
    assert Seat.objects.get(pk=offer.seat_id).state == "taken"
    assert not DrawEvent.objects.exists()


def test_after_48_hours_nobody_objects(call, departure):
    later(call, 48)
    with pytest.raises(departures.TooLateToObject):
        departures.object_to(departure.offer, by=None)
    assert departures.can_object(departure.offer) is None


def test_silence_can_be_mended_too_and_leaves_time_to_accept(call, drawn):
    later(call, 24 * 15)
    deadlines.keep_draw_deadlines()
    offer = Offer.objects.get(place=1)
    departures.object_to(offer, by=None)

    offer.refresh_from_db()
    assert offer.state == "open"
    assert deadlines.keep_draw_deadlines() == 0
    offers.answer(offer, accept=True, by=offer.application.user)


def test_who_withdraws_altogether_needs_no_second_look(departure):
    person = departure.offer.application
    applications.withdraw(person, by=person.user)

    departure.refresh_from_db()
    assert departure.state == "overtaken"
    assert Offer.objects.get(place=6).state == "open"
    assert [event.kind for event in DrawEvent.objects.all()] == ["withdraw"]


def test_a_waiting_seat_is_offered_to_nobody_else(drawn, departure):
    assert offers.offer_free_seats(drawn.draw) == []
    with pytest.raises(IntegrityError, match="offer-within-seats"), transaction.atomic():
        Offer.objects.create(
            draw=drawn.draw, seat=departure.offer.seat, place=6, token_digest="x",
            application=drawn.draw.places.get(number=6).application, answer_by=timezone.now(),
        )  # fmt: skip


def test_the_files_name_the_seated_after_the_seat_passed_on(drawn, call, departure, otto, leo):
    pass_on(call, otto, leo)
    files = draws.published_files(drawn.draw)
    result = lottery.Result.from_bytes(files["result.txt"])
    by_files = seats_after(result, 5, Events.from_bytes(files["events.txt"])).seated
    live = Offer.objects.filter(state__in=["open", "accepted"])
    assert set(by_files) == set(live.values_list("application__ticket", flat=True))


def test_by_the_pages_of_two_people(client, call, departure, otto, leo):
    desk = reverse("draw_desk", args=[call.pk])
    place = [call.pk, departure.pk]
    office = login(client, otto)
    assert "Declined or silent" in office.get(desk, headers=ENGLISH).content.decode()
    office.post(reverse("departure_tell", args=place), {"channel": "phone"})
    later(call, 48)
    officer = login(type(client)(), leo)
    shown = officer.get(desk, headers=ENGLISH).content.decode()
    assert "Let the seat pass on" in shown
    assert departure.offer.application.name not in shown

    officer.post(reverse("departure_confirm", args=place))

    departure.refresh_from_db()
    assert (departure.state, departure.channel) == ("confirmed", "phone")
    assert Offer.objects.get(place=6).state == "open"


def test_only_the_silent_are_reminded_and_exactly_once(drawn):
    first = Offer.objects.get(place=1)
    offers.answer(first, accept=True, by=first.application.user)
    Effect.objects.filter(kind=offers.REMINDER).update(due_at=timezone.now())
    assert work.drain("default") == 5
    links = list(Offer.objects.order_by("pk").values_list("reminder_digest", flat=True))
    for offer in Offer.objects.all():
        offers.remind(offer.pk)

    reminded = OutgoingMail.objects.filter(kind="offer_reminder")
    assert reminded.count() == 4
    assert first.application.email not in set(reminded.values_list("to", flat=True))
    assert list(Offer.objects.order_by("pk").values_list("reminder_digest", flat=True)) == links
    assert links.count(None) == 1


@pytest.fixture
def on_paper(drawn):
    """The first offer, as if its person had applied by letter."""
    offer = Offer.objects.get(place=1)
    Application.objects.filter(pk=offer.application_id).update(identity="ref:PAPR-2026")
    return Application.objects.get(pk=offer.application_id)


@pytest.mark.req("R121")
def test_what_one_of_the_office_notes_on_paper_passes_no_offer_on(call, on_paper, otto, leo):
    assert paper.withdraw(on_paper, reference="AZ 7", by=otto) is paper.Step.DEPARTS
    offer = on_paper.offers.get()
    assert (offer.state, offer.seat.state, Offer.objects.count()) == ("declined", "offered", 5)
    with pytest.raises(paper.PlaceFirst, match="has a place"):
        paper.erase(on_paper, reference="AZ 7", by=otto)
    departure = Departure.objects.get()
    assert departure.entered_by == otto
    departures.tell(departure, channel="phone", by=leo)
    later(call, 49)
    with pytest.raises(departures.NotYet, match="worked on this yourself"):
        departures.confirm(departure, by=otto)


@pytest.mark.req("R121")
def test_a_member_on_paper_keeps_the_seat_until_two_people_have_looked(call, on_paper, otto, leo):
    offer = on_paper.offers.get()
    offers.answer(offer, accept=True, by=on_paper.user)
    paper.withdraw(on_paper, reference="AZ 7", by=otto)
    offer.seat.refresh_from_db()
    assert (offer.seat.state, Offer.objects.count()) == ("taken", 5)
    assert offers.offer_free_seats(offer.draw) == []
    departures.object_to(offer, by=None)
    offer.refresh_from_db()
    assert offer.state == "accepted"

    paper.withdraw(on_paper, reference="AZ 8", by=otto)
    departure = Departure.objects.get(state="open")
    departures.tell(departure, channel="phone", by=otto)
    later(call, 49)
    assert [each.place for each in departures.confirm(departure, by=leo)] == [6]
    offer.refresh_from_db()
    assert offer.state == "returned"
    assert [each.kind for each in offer.draw.events.all()] == ["withdraw"]

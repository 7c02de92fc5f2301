"""A member shows the name or not, and gives the seat back; the next in the order moves up."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from circles import clock, lottery
from circles.applying import applications, paper
from circles.deciding import decisions, rounds
from circles.deciding.rules import DEFAULT
from circles.drawing import draws
from circles.drawing.succession import Events, seats_after
from circles.models import Nomination, Offer, Seat
from circles.seating import circles, memberships, nominations, offers
from foundation.audit.models import Entry
from foundation.mail.models import OutgoingMail
from tests.circles.deciding import to_voices
from tests.circles.factories import bring_to_its_end, make_circle, pass_on, text
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("drawn_ground")


@pytest.fixture
def seated(drawn):
    """All five have accepted, the first with her name shown; returns her offer."""
    for offer in Offer.objects.order_by("place"):
        offers.answer(
            offer, accept=True, name_is_public=offer.place == 1, by=offer.application.user
        )
    return Offer.objects.select_related("application__user", "seat").get(place=1)


def test_a_drawn_member_gives_the_seat_back_and_the_next_moves_up(client, seated):
    person = seated.application.user
    own = login(client, person)
    assert reverse("my_seat", args=[seated.seat_id]) in own.get(reverse("my")).content.decode()
    own.post(reverse("my_seat_return", args=[seated.seat_id]))
    seated.refresh_from_db()
    sixth = Offer.objects.get(place=6)
    assert (seated.state, sixth.state, sixth.seat_id) == ("returned", "open", seated.seat_id)
    files = draws.published_files(seated.draw)
    assert b" withdraw " in files["events.txt"] and b" seat-returned\n" in files["events.txt"]
    result = lottery.Result.from_bytes(files["result.txt"])
    by_files = seats_after(result, 5, Events.from_bytes(files["events.txt"])).seated
    live = Offer.objects.filter(state__in=["open", "accepted"])
    assert set(by_files) == set(live.values_list("application__ticket", flat=True))
    assert OutgoingMail.objects.get(kind="seat_returned").to == seated.application.email
    assert not Entry.objects.filter(actor_id=person.pk).exists()
    # And now the application can be withdrawn and forgotten like any other.
    applications.withdraw(seated.application, by=person)


def test_drawn_members_are_asked_at_once_though_the_draw_of_a_demonstration_runs_ahead(
    seated, otto
):
    circle = seated.seat.circle
    circles.begin_work(circle, reason=text("Die anderen kommen noch."), by=otto)
    circle.refresh_from_db()
    current = to_voices(decisions.begin_rules(circle, settings=DEFAULT, by=otto), otto)
    assert current.consent_at < clock.now_for(seated.draw.call)
    assert current.places.count() == 5
    memberships.give_back(seated.seat, by=seated.application.user)
    assert len(rounds.standings_of(current)) == 4


def test_the_name_is_shown_only_as_long_as_the_member_agrees(client, seated):
    address = reverse("draw_page", args=["demo-test"])
    name = seated.application.name
    assert name in client.get(address).content.decode()
    own = login(client, seated.application.user)
    own.post(reverse("my_seat_name", args=[seated.seat_id]))
    assert not Seat.objects.get(pk=seated.seat_id).name_is_public
    assert name not in type(client)().get(address).content.decode()
    own.post(reverse("my_seat_name", args=[seated.seat_id]))
    assert Seat.objects.get(pk=seated.seat_id).name_is_public


def test_nobody_gives_back_the_seat_of_another(client, seated, olaf):
    with pytest.raises(memberships.NotSeated):
        memberships.give_back(seated.seat, by=olaf)
    stranger = login(client, olaf)
    for name in ("my_seat_return", "my_seat_name"):
        assert stranger.post(reverse(name, args=[seated.seat_id])).status_code == 404
    assert Seat.objects.get(pk=seated.seat_id).state == "taken"


def test_after_the_end_of_the_circle_nobody_moves_up(seated):
    circle = seated.seat.circle
    bring_to_its_end(circle)
    memberships.give_back(seated.seat, by=seated.application.user)
    assert not Offer.objects.filter(place=6).exists()
    assert Seat.objects.get(pk=seated.seat_id).state == "free"


def test_a_named_member_gives_the_seat_back(client, otto, olaf):
    seat = make_circle(otto).seats.get(number=6)
    made = nominations.nominate(
        seat, name="Olaf", email=olaf.email, body="Hochschule", nominated_on="2026-11-01",
        reason="kennt die Netze", match="baut Netze", by=otto,
    )  # fmt: skip
    nominations.accept(made, name_is_public=True, by=olaf)
    own = login(client, olaf)
    page = own.get(reverse("my_seat", args=[seat.pk]), headers={"accept-language": "en"})
    assert "give my seat back" in page.content.decode()
    own.post(reverse("my_seat_return", args=[seat.pk]))
    seat.refresh_from_db()
    assert (seat.state, seat.holder, seat.name_is_public) == ("free", None, False)
    assert Nomination.objects.get().state == "returned"


def test_the_office_gives_back_the_seat_of_somebody_on_paper_by_two_people(seated, otto, leo):
    application = seated.application
    type(application).objects.filter(pk=application.pk).update(identity="ref:AB", email="")
    application.refresh_from_db()
    paper.withdraw(application, reference="AZ 7", by=otto)
    assert Offer.objects.get(pk=seated.pk).state == "accepted"
    pass_on(seated.draw.call, otto, leo)
    assert Offer.objects.get(pk=seated.pk).state == "returned"
    assert Offer.objects.get(place=6).seat_id == seated.seat_id


def test_a_given_back_offer_makes_no_seat(seated, otto):
    memberships.give_back(seated.seat, by=seated.application.user)
    seat = Seat.objects.filter(pk=seated.seat_id)
    with pytest.raises(IntegrityError, match="seat-by-lot"), transaction.atomic():
        seat.update(holder=seated.application.user, ticket=seated.application.ticket)

"""A court voids a draw: two people mark it, its people lose their places, its files stay."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from circles.applying import retention, standing
from circles.calling import followups
from circles.drawing import draws, motions
from circles.models import Call, DrawMotion, DrawResult, Offer, Seat, SeatTerm
from circles.seating import departures, offers
from config.pages.transparency import of_circles
from foundation import states
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import proof_of
from tests.circles.factories import make_call
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("english", "drawn_ground")
ENGLISH = {"accept-language": "en"}
WORDS = {
    "reason": "Der Topf ließ Menschen ohne Telefon aus.",
    "authority": "Verwaltungsgericht Minden",
    "file_reference": "2 K 1234/26 vom 3. Dezember 2026",
}


def propose(draw, by, **words):
    return motions.propose(
        draw, kind=motions.Kind.ANNUL, **WORDS | words, by=by, proof=proof_of(by)
    )


def annul(draw, leo, vera):
    motion = propose(draw, leo)
    return motions.carry(draw, seen=motion.pk, by=vera, proof=proof_of(vera))


@pytest.fixture
def draw(drawn):
    """Drawn: one has accepted, one has declined and may still object, the others were asked."""
    accepted, declined, *_ = drawn.draw.offers.order_by("place")
    offers.answer(accepted, accept=True, name_is_public=True, by=accepted.application.user)
    offers.answer(declined, accept=False, by=declined.application.user)
    return drawn.draw


def call_of(draw):
    return Call.objects.get(pk=draw.call_id)


@pytest.mark.req("R121")
def test_two_people_annul_and_everybody_with_a_place_hears_of_it(draw, leo, vera):
    held = set(draw.offers.values_list("application__email", flat=True))
    motion = propose(draw, leo)
    with pytest.raises(motions.NotPossible, match="second person"):
        motions.carry(draw, seen=motion.pk, by=leo, proof=proof_of(leo))
    assert draw.offers.filter(state="void").count() == 0
    motions.carry(draw, seen=motion.pk, by=vera, proof=proof_of(vera))

    assert sorted(draw.offers.values_list("state", flat=True)) == ["declined"] + 4 * ["void"]
    lots = Seat.objects.filter(circle=call_of(draw).circle, kind=Seat.Kind.LOT)
    assert set(lots.values_list("state", "holder", "ticket")) == {("free", None, "")}
    assert SeatTerm.objects.get().ended_at is not None
    mails = OutgoingMail.objects.filter(kind="draw_annulled")
    assert set(mails.values_list("to", flat=True)) == held and mails.count() == 5
    assert all(word in mail.body for mail in mails for word in WORDS.values())
    assert motions.annulment_of(draw) == motion


def test_files_result_and_minutes_stay_and_everybody_sees_why(client, draw, leo, vera):
    files = draws.published_files(draw)
    annul(draw, leo, vera)

    assert draws.published_files(draw) == files
    draw_id = call_of(draw).draw_id
    for name in ("result.txt", "seed.txt", "events.txt"):
        answer = client.get(reverse("draw_file", args=[draw_id, name]))
        assert answer.content == files[name]
    page = client.get(reverse("draw_page", args=[draw_id]), headers=ENGLISH).content.decode()
    assert all(word in page for word in WORDS.values())
    assert "Nobody has a place by it, and nobody moves up." in page
    assert "annulled" in client.get(reverse("draw_list"), headers=ENGLISH).content.decode()
    sheet = client.get(reverse("transparency_csv", args=["auslosungen"]), headers=ENGLISH)
    assert ";annulled;" in sheet.content.decode()
    assert [line.cells[3] for line in of_circles.corrections()] == [
        "{authority}, {file_reference}: {reason}".format(**WORDS)
    ]


def test_nobody_moves_up_and_nobody_comes_back(draw, leo, vera, otto):
    open_one = draw.offers.filter(state="open").first()
    declined = draw.offers.get(state="declined")
    annul(draw, leo, vera)

    assert offers.offer_free_seats(draw) == []
    with pytest.raises(offers.OfferClosed):
        offers.answer(open_one, accept=True, by=open_one.application.user)
    with pytest.raises(departures.TooLateToObject):
        departures.object_to(declined, by=declined.application.user)
    with pytest.raises(IntegrityError, match="draw-annulled"), transaction.atomic():
        place = draw.places.get(number=6)
        Offer.objects.create(
            draw=draw, seat=declined.seat, application=place.application, place=6,
            token_digest="x", answer_by=draw.frozen_at,
        )  # fmt: skip
    rejected = call_of(draw).applications.get(state="rejected")
    with pytest.raises(motions.NotPossible, match="Nothing can be changed"):
        motions.propose(
            draw, kind=motions.Kind.REINSTATE, reason="x", reference=rejected.reference,
            by=leo, proof=proof_of(leo),
        )  # fmt: skip


@pytest.mark.req("R121")
def test_one_result_for_ever_and_a_further_call_for_the_seats(draw, leo, vera, otto):
    circle = call_of(draw).circle
    annul(draw, leo, vera)

    draws.run(draw.pk)
    assert DrawResult.objects.filter(draw=draw).count() == 1
    assert followups.is_due(circle) and followups.reserve_left(circle) == 0
    assert followups.free_seats(circle) == 5
    further = make_call(otto, circle=circle)
    assert Call.objects.get(pk=further.pk).state == Call.State.OPEN


def test_what_the_database_refuses(draw, leo, vera, otto):
    offer = draw.offers.filter(state="open").first()
    with pytest.raises(IntegrityError, match="motion-carried"), transaction.atomic():
        states.advance(offer, Offer.State.VOID, by=otto, answered_at=draw.frozen_at)
    for words in ({"authority": ""}, {"file_reference": ""}):
        with pytest.raises(IntegrityError, match="motion_annuls_by"), transaction.atomic():
            propose(draw, leo, **words)
    motion = annul(draw, leo, vera)
    with pytest.raises(IntegrityError, match="motion_annuls_once"), transaction.atomic():
        again = {"reason": "x", "authority": "x", "file_reference": "x"}
        DrawMotion.objects.create(
            draw=draw, kind="annul", **again, proposed_by=leo, carried_by=vera,
            carried_at=motion.carried_at,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        DrawMotion.objects.update(authority="Niemand")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        DrawMotion.objects.all()._raw_delete(DrawMotion.objects.db)


def test_only_what_was_drawn_is_annulled(drawn, leo):
    assert motions.kinds_for(Call(state=Call.State.FROZEN)) == (motions.Kind.WITHDRAW,)
    assert motions.kinds_for(Call(state=Call.State.ALL_ADMITTED)) == ()


def test_who_waited_on_the_reserve_list_reads_it_and_is_forgotten_in_time(draw, leo, vera):
    reserve = draw.places.get(number=6).application
    assert standing.of(reserve).title == "on the reserve list"
    motion = annul(draw, leo, vera)
    assert standing.of(reserve).title == "draw annulled"
    call = call_of(draw)
    later = motion.carried_at + dt.timedelta(days=call.kept_days)
    assert list(retention._not_drawn(call, later - dt.timedelta(seconds=1))) == []
    assert reserve in retention._not_drawn(call, later)


def test_by_the_pages_of_two_people(client, draw, leo, vera):
    call = call_of(draw)
    desk, page = (reverse(name, args=[call.pk]) for name in ("draw_desk", "draw_annul"))
    officer = login(client, leo, fresh=True)
    assert f'href="{page}"' in officer.get(desk).content.decode()
    half = officer.post(page, WORDS | {"authority": ""}, headers=ENGLISH).content.decode()
    assert "Please name the court or the authority." in half
    assert WORDS["file_reference"] in half, "nothing typed is lost"
    officer.post(page, WORDS)
    second = login(client, vera, fresh=True)
    shown = second.get(desk)
    assert WORDS["authority"] in shown.content.decode()
    carry = reverse("draw_motion_carry", args=[call.pk])
    second.post(carry, shown.context["carry_form"].initial)
    after = second.get(desk, headers=ENGLISH).content.decode()
    assert "Prepare a further call" in after
    assert second.get(page).status_code in (403, 404)
    offered = draw.offers.filter(state="void").first()
    assert offered.state == Offer.State.VOID

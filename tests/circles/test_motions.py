"""Two people withdraw a closed pool, or bring a ticket back after the draw; nobody does alone."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from circles.calling import withdrawals
from circles.drawing import declarations, motions, succession
from circles.models import Call, DrawEvent, DrawMotion, Offer
from circles.seating import offers, turns
from foundation import states
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import DAY, proof_of
from tests.circles.factories import pass_on
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("english", "closed_ground")
REASON = "Der Nachweis des Wohnorts lag vor."


def propose(draw, by, **words):
    kind = motions.Kind.REINSTATE if words else motions.Kind.WITHDRAW
    return motions.propose(draw, kind=kind, reason=REASON, by=by, proof=proof_of(by), **words)


def carry(draw, motion, by):
    return motions.carry(draw, seen=motion.pk, by=by, proof=proof_of(by))


@pytest.mark.req("R121")
def test_a_closed_pool_is_withdrawn_by_two_people_in_public(client, frozen, leo, vera, otto):
    made = declarations.propose(
        frozen, drand_at=frozen.frozen_at + 2 * DAY, by=leo, proof=proof_of(leo)
    )
    declarations.confirm(made, by=vera, proof=proof_of(vera))
    with pytest.raises(withdrawals.PoolIsClosed):
        withdrawals.withdraw_call(frozen.call, by=otto)
    with pytest.raises(IntegrityError, match="motion-carried"), transaction.atomic():
        states.advance(Call.objects.get(pk=frozen.call_id), Call.State.WITHDRAWN, by=otto)
    motion = propose(frozen, leo)
    with pytest.raises(motions.NotPossible, match="second person"):
        carry(frozen, motion, leo)
    with pytest.raises(motions.NotPossible, match="has changed"):
        motions.carry(frozen, seen=None, by=vera, proof=proof_of(vera))
    carry(frozen, motion, vera)

    assert Call.objects.get(pk=frozen.call_id).state == Call.State.WITHDRAWN
    assert declarations.in_force(frozen) is None
    mails = OutgoingMail.objects.filter(kind="application_call_withdrawn")
    assert mails.count() == 8 and all(REASON in mail.body for mail in mails)
    english = {"accept-language": "en"}
    for name in ("draw_page", "draw_live"):
        page = client.get(reverse(name, args=[frozen.call.draw_id]), headers=english)
        assert "withdrawn before anything could be known" in page.content.decode()
    pool = reverse("draw_file", args=[frozen.call.draw_id, "pool.txt"])
    assert client.get(pool).status_code == 200
    with pytest.raises(IntegrityError, match="decided motion"), transaction.atomic():
        DrawMotion.objects.update(carried_at=None, carried_by=None)


def test_nothing_is_withdrawn_once_dice_may_be_known(declared, leo):
    with pytest.raises(motions.NotPossible, match="takes its course"):
        propose(declared.draw, leo)


@pytest.mark.req("R121")
def test_a_ticket_comes_back_and_takes_the_next_vacancy(drawn, leo, vera, otto):
    draw = drawn.draw
    call = Call.objects.get(pk=draw.call_id)
    person = call.applications.get(state="rejected")
    with pytest.raises(motions.NotPossible, match="No application"):
        propose(draw, leo, reference="GIBT-ESNICHT")
    with pytest.raises(motions.NotPossible, match="have a part"):
        propose(draw, otto, reference=person.reference)
    with pytest.raises(IntegrityError, match="motion-carried"), transaction.atomic():
        DrawEvent.objects.create(draw=draw, n=1, kind="reinstated", ticket=person.ticket)
    carry(draw, propose(draw, leo, reference=person.reference.lower()), vera)

    assert [(one.kind, one.ticket, one.reason) for one in draw.events.all()] == [
        ("reinstated", person.ticket, "objection-upheld")
    ]
    assert not Offer.objects.filter(application=person).exists(), "nobody loses a seat"
    assert OutgoingMail.objects.filter(kind="application_reinstated", to=person.email).exists()
    leaving = Offer.objects.get(place=1)
    offers.answer(leaving, accept=False, by=leaving.application.user)
    pass_on(call, otto, leo)
    assert Offer.objects.get(seat=leaving.seat, state="open").application == person
    events = succession.Events.from_bytes(turns.events_file(draw, drawn))
    assert [one.kind for one in events.entries] == ["reinstated", "decline"]


def test_by_the_pages_of_two_people(client, frozen, leo, vera):
    page = reverse("draw_motion", args=[frozen.call_id])
    desk = reverse("draw_desk", args=[frozen.call_id])
    login(client, leo, fresh=True).post(page, {"reason": REASON})
    assert client.get(desk).context["own_motion"]
    client.post(reverse("draw_motion_take_back", args=[frozen.call_id]))
    client.post(page, {"reason": REASON})
    shown = login(client, vera, fresh=True).get(desk).context["carry_form"].initial
    client.post(reverse("draw_motion_carry", args=[frozen.call_id]), shown)
    assert Call.objects.get(pk=frozen.call_id).state == Call.State.WITHDRAWN

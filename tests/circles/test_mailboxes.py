"""Two people who read one mailbox both apply, sit and leave; and nobody is locked out of a call."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.applying import applications, confirmations, own_data
from circles.models import Application, Call, Offer, Seat
from circles.reviewing import reviews
from circles.seating import memberships, offers
from foundation.audit.models import Entry
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from foundation.posting.limits import TooOften
from tests.circles.factories import code_for, make_application, make_call
from tests.circles.test_applications import ENGLISH, send
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("drawn_ground")

CLARA = "clara@example.org"


@pytest.fixture
def call(otto):
    return make_call(otto)


def spend_allowance(call: Call) -> None:
    for _ in range(confirmations.CODES_PER_ADDRESS):
        make_application(call, email=CLARA, name="Somebody else", confirmed=False)


@pytest.mark.req("R117")
def test_a_spent_allowance_delays_the_code_and_never_the_form(call):
    spend_allowance(call)
    visitor = Client()

    sent = send(visitor, call, email=CLARA)

    form = Application.objects.latest("pk")
    assert (sent.status_code, form.name, form.state) == (302, "Clara Beispiel", "unconfirmed")
    assert not OutgoingMail.objects.filter(subject_id=str(form.pk)).exists()
    page = visitor.get(sent["Location"], headers=ENGLISH).content.decode()
    assert "Your application is stored and counts from the moment you sent the form." in page
    (late,) = Effect.objects.filter(kind=confirmations.LATE, arguments__application_pk=form.pk)
    assert timezone.now() < late.due_at <= timezone.now() + confirmations.ALLOWANCE_WINDOW

    confirmations.send_late(form.pk)
    form.refresh_from_db()
    assert confirmations.confirm(form, code_for(form)).state == "submitted"
    confirmations.send_late(form.pk)  # nothing waits any more
    assert (
        OutgoingMail.objects.filter(subject_id=str(form.pk), kind="application_code").count() == 1
    )


def test_a_new_code_by_the_button_still_has_its_allowance(call):
    spend_allowance(call)
    with pytest.raises(TooOften):
        confirmations.send_code(Application.objects.latest("pk"))


@pytest.fixture
def two_forms(call):
    """Both partners sent the form of one mailbox before either typed a code."""
    first = make_application(call, email=CLARA, name="Clara", confirmed=False)
    second = make_application(call, email=CLARA, name="Carl", confirmed=False)
    confirmations.confirm(first, code_for(first))
    second.refresh_from_db()
    return first, second


@pytest.mark.req("R117")
def test_the_second_form_of_a_mailbox_waits_and_is_offered_its_own_way(client, two_forms):
    first, second = two_forms
    signed = applications.signed_id(second)
    code = code_for(second)
    assert second.state == "unconfirmed"

    page = client.post(reverse("application_code", args=[signed]), {"code": code}, headers=ENGLISH)

    assert reverse("application_second", args=[signed]) in page.content.decode()
    client.post(reverse("application_second", args=[signed]), {"code": code, "other_person": "on"})
    second.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, second.state) == ("submitted", "submitted")
    assert second.reached_by_id == first.user_id


def test_the_form_that_waits_blocks_no_freeze(two_forms, otto, rita):
    first, _second = two_forms
    for reviewer in (otto, rita):
        reviews.review(first, unmet={}, by=reviewer)
    assert reviews.open_matters(first.call) == []


@pytest.fixture
def seated(drawn):
    """The first drawn person has a seat and is reached through the mailbox of the sixth."""
    offer = Offer.objects.select_related("application", "seat").get(place=1)
    mailbox = drawn.draw.places.get(number=6).application.user
    Application.objects.filter(pk=offer.application_id).update(
        reached_by=mailbox, identity=f"ref:{offer.application.reference}"
    )
    offers.answer(offer, accept=True, by=offer.application.user)
    offer.refresh_from_db()
    offer.application.refresh_from_db()
    return offer


def test_a_second_person_sees_shows_and_leaves_the_seat(client, seated):
    mailbox = seated.application.reached_by
    own = login(client, mailbox)
    place = reverse("my_seat", args=[seated.seat_id])

    assert place in own.get(reverse("my")).content.decode()
    assert own.get(place).status_code == 200
    own.post(reverse("my_seat_name", args=[seated.seat_id]))
    assert Seat.objects.get(pk=seated.seat_id).name_is_public
    data = own_data.of(mailbox)
    assert [each["number"] for each in data["seats"]] == [seated.seat.number]
    assert [each["number"] for each in data["seat_terms"]] == [seated.seat.number]
    own.post(reverse("my_seat_return", args=[seated.seat_id]))
    seated.refresh_from_db()
    assert (seated.state, Seat.objects.get(pk=seated.seat_id).holder) == (
        "returned", Offer.objects.get(place=6).application.user,
    )  # fmt: skip
    assert own_data.of(mailbox)["seats"][0]["state"] == "offered"  # their own, the sixth place


def test_the_trail_does_not_name_the_mailbox_of_a_second_person(seated):
    mailbox = seated.application.reached_by
    memberships.give_back(seated.seat, by=mailbox)
    applications.withdraw(seated.application, by=mailbox)
    assert not Entry.objects.filter(actor_id=mailbox.pk).exists()


def test_a_stranger_finds_no_seat_of_a_second_person(client, seated, olaf):
    own = login(client, olaf)
    assert own.get(reverse("my_seat", args=[seated.seat_id])).status_code == 404
    with pytest.raises(memberships.NotSeated):
        memberships.give_back(seated.seat, by=olaf)

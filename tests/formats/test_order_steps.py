"""A work order from the first day to the last, handed over, and what stays open."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from formats.models import Body, WorkOrder
from formats.sittings import agenda
from formats.weighing import ballots, ideas, loose_ends, work_orders
from foundation.languages import LocalizedText
from tests.conftest import login
from tests.formats.factories import make_adopted_vision, make_meeting, make_work_order, text
from tests.formats.voting import make_member, make_round

ENGLISH = {"accept-language": "en"}


@pytest.mark.req("R112")
@pytest.mark.req("R128")
def test_the_office_takes_its_order_from_the_first_step_to_the_last(client, otto):
    order = make_work_order(otto, addressee="office")
    ahead, past = make_meeting(otto), make_meeting(otto, starts_at=_yesterday())
    office = login(Client(), otto)
    number = [order.number]

    def send(name, **data):
        answer = office.post(reverse(name, args=number), data)
        assert answer.status_code == 302, answer.context["form"].errors

    send("office_project_begin", title_de="Bänke")
    send("work_order_start")
    send("work_order_finalise", result_de="Zwölf Bänke stehen.", meeting=ahead.pk)
    assert agenda.item_of(order).meeting == ahead
    assert "Zwölf" not in client.get(reverse("work_order", args=number)).content.decode()
    send("work_order_present", meeting=past.pk)
    page = client.get(reverse("work_order", args=number)).content.decode()
    assert "Zwölf Bänke" not in page, "the office publishes it as a result"
    send("work_order_close", closing_note_de="Sie werden genutzt.")

    order.refresh_from_db()
    assert (order.state, order.presented_in) == ("closed", past)
    page = client.get(reverse("work_order", args=number)).content.decode()
    assert "Sie werden genutzt." in page


@pytest.mark.req("R112")
def test_a_circle_hands_its_order_to_the_office_as_a_successor(client, otto):
    order = make_work_order(otto, addressee="circle")

    successor = work_orders.hand_over(
        order, text("Zu wenige Menschen", "Too few people"), due_on=dt.date(2031, 1, 1), by=otto
    )

    assert (order.state, successor.addressee, successor.state) == ("closed", "office", "open")
    assert (successor.successor_of, successor.vision, successor.question) == (
        order, order.vision, order.question,
    )  # fmt: skip
    first = client.get(reverse("work_order", args=[order.number]), headers=ENGLISH)
    second = client.get(reverse("work_order", args=[successor.number]), headers=ENGLISH)
    assert reverse("work_order", args=[successor.number]) in first.content.decode()
    assert "Too few people" in first.content.decode()
    assert reverse("work_order", args=[order.number]) in second.content.decode()


@pytest.mark.req("R112")
def test_an_order_is_handed_over_once_and_never_from_the_office(otto):
    order = make_work_order(otto, addressee="circle")
    own = make_work_order(otto, vision=order.vision, addressee="office")
    note = text("Zu wenige")
    work_orders.hand_over(order, note, due_on=dt.date(2031, 1, 1), by=otto)

    for each in (order, own):
        with pytest.raises(work_orders.WrongAddressee):
            work_orders.hand_over(each, note, due_on=dt.date(2031, 1, 1), by=otto)
    assert WorkOrder.objects.count() == 3
    with pytest.raises(IntegrityError, match="successor"), transaction.atomic():
        WorkOrder.objects.filter(pk=own.pk).update(successor_of=order)


def test_an_order_ends_only_with_words(otto):
    order = make_work_order(otto, addressee="circle")

    with pytest.raises(work_orders.NoteMissing):
        work_orders.close(order, LocalizedText(), by=otto)
    with pytest.raises(IntegrityError, match="work_order_closed_with_note"), transaction.atomic():
        work_orders.states.advance(order, WorkOrder.State.CLOSED, by=otto)


def test_a_result_is_not_presented_in_a_session_to_come(otto):
    order = make_work_order(otto, addressee="office")
    work_orders.begin_office_project(order, title=text("Bänke"), by=otto)
    work_orders.start(order, by=otto)
    ahead = make_meeting(otto)
    work_orders.finalise(order, text("Fertig"), ahead, by=otto)

    with pytest.raises(work_orders.NotPresented):
        work_orders.present(order, ahead, by=otto)


@pytest.mark.req("R113")
def test_what_has_no_next_step_stays_listed_until_it_has_one(client, otto):
    vision = make_adopted_vision(otto, title="Kühle Stadt")
    assert list(loose_ends.loose_ends(otto).visions) == [vision]
    page = client.get(reverse("loose_end_list")).content.decode()
    assert "Kühle Stadt" in page

    order = make_work_order(otto, vision=vision, addressee="office")
    ends = loose_ends.loose_ends(otto)
    assert (list(ends.visions), list(ends.waiting)) == ([], [order])

    work_orders.begin_office_project(order, title=text("Bänke"), by=otto)
    ends = loose_ends.loose_ends(otto)
    assert (list(ends.waiting), list(ends.overdue)) == ([], [])
    WorkOrder.objects.filter(pk=order.pk).update(due_on=_yesterday().date())
    assert list(loose_ends.loose_ends(otto).overdue) == [order]


@pytest.mark.parametrize("hidden", ["session", "body"])
def test_what_was_weighed_behind_closed_doors_is_no_loose_end_for_everybody(client, otto, hidden):
    meeting = make_meeting(otto, is_public=hidden != "session")
    idea = ideas.send(title="Bänke", text="Im Schatten")
    words = {"public_title": text("Bänke"), "public_text": text("Bänke im Schatten")}
    ideas.answer(idea, text("Danke."), **words, by=otto)
    make_member(otto, "Ada")
    round_ = make_round(otto, meeting=meeting)
    round_.topics.filter(pk=round_.topics.first().pk).update(idea=idea)
    ballots.close(round_.poll, by=otto)
    if hidden == "body":
        Body.objects.update(is_public=False)

    assert loose_ends.loose_ends(AnonymousUser()).unanswered.count() == 0
    assert loose_ends.loose_ends(otto).unanswered.count() == 3
    for address in (reverse("loose_end_list"), reverse("idea", args=[idea.number])):
        assert reverse("priority", args=[round_.pk]) not in client.get(address).content.decode()
    desk = login(Client(), otto).get(reverse("idea", args=[idea.number]))
    assert reverse("priority", args=[round_.pk]) in desk.content.decode()


def _yesterday():
    return timezone.now() - dt.timedelta(days=1)

"""From a vision in a field of action to an order for a circle or for the office, never both."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from formats.models import OfficeProject, Vision, WorkOrder
from formats.sittings import bodies, meetings
from formats.weighing import visions, work_orders
from foundation.errors import DomainError
from tests.formats.factories import (
    make_adopted_vision,
    make_meeting,
    make_vision,
    make_work_order,
    text,
)


@pytest.mark.req("R110")
def test_a_vision_lies_in_a_field_of_action(otto):
    with pytest.raises(IntegrityError), transaction.atomic():
        Vision.objects.create(slug="ohne-feld", title=text("Ohne Feld"))


@pytest.mark.req("R104")
def test_a_vision_names_everyday_need_and_global_trend(otto):
    vision = make_vision(otto)

    assert (str(vision.everyday_need), str(vision.global_trend)) == (
        "Nach 20 Uhr fährt kein Bus.",
        "Mobilität wird geteilt.",
    )


@pytest.mark.req("R111")
@pytest.mark.req("R109")
def test_an_order_follows_from_an_adopted_vision(otto):
    vision = make_adopted_vision(otto)

    order = make_work_order(otto, vision=vision)

    assert (order.vision, order.state) == (vision, WorkOrder.State.OPEN)


@pytest.mark.req("R111")
def test_a_draft_leads_to_no_order(otto):
    with pytest.raises(work_orders.VisionNotAdopted):
        make_work_order(otto, vision=make_vision(otto))


def test_orders_are_numbered_within_their_year(otto):
    vision = make_adopted_vision(otto)

    numbers = [make_work_order(otto, vision=vision).number for _ in range(3)]

    year = numbers[0][3:7]
    assert numbers == [f"AA-{year}-01", f"AA-{year}-02", f"AA-{year}-03"]


@pytest.mark.req("R112")
def test_the_office_cannot_take_an_order_of_a_circle(otto):
    order = make_work_order(otto, addressee="circle")

    with pytest.raises(work_orders.WrongAddressee):
        work_orders.begin_office_project(order, title=text("Projekt"), by=otto)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeProject.objects.create(work_order=order, title=text("Projekt"))


@pytest.mark.req("R112")
def test_the_office_begins_its_own_project(otto):
    order = make_work_order(otto, addressee="office")

    project = work_orders.begin_office_project(order, title=text("Licht"), by=otto)

    assert (project.work_order, order.state) == (order, WorkOrder.State.ASSIGNED)


def test_a_cancelled_session_adopts_nothing(otto):
    meeting = make_meeting(otto)
    meetings.cancel(meeting, by=otto)

    with pytest.raises(DomainError) as refusal:
        visions.adopt(make_vision(otto), meeting, by=otto)
    assert refusal.value.code == "meeting-cancelled"


def test_names_make_addresses(otto):
    field = bodies.open_action_field(text("Bürger & Räume für Übermorgen"), by=otto)
    again = bodies.open_action_field(text("Bürger & Räume für Übermorgen"), by=otto)
    reserved = bodies.open_action_field(text("Neu"), by=otto)

    assert (field.slug, again.slug, reserved.slug) == (
        "buerger-raeume-fuer-uebermorgen",
        "buerger-raeume-fuer-uebermorgen-2",
        "neu-2",
    )

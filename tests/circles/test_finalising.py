"""A circle's order ends with an adopted proposal and goes to a session of the D.I.V."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from circles.models import Circle, Decision, Finalisation
from circles.resulting import finalising
from formats.models import AgendaItem, Body, Meeting, WorkOrder
from formats.sittings import agenda
from formats.weighing import work_orders
from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Role
from tests.circles.deciding import adopt_rules
from tests.circles.factories import circle_at_work, make_meeting, text
from tests.circles.results import adopt, finalised, office_order
from tests.conftest import login, player

pytestmark = pytest.mark.usefixtures("ruled_ground")


@pytest.fixture(scope="module")
def ruled_ground(ground):
    """A circle with rules of procedure, once for all tests of this module."""
    otto = player("Otto")
    circle = circle_at_work(otto, members=8)
    adopt_rules(circle, otto)
    return circle.pk


@pytest.fixture
def circle(ruled_ground):
    return Circle.objects.get(pk=ruled_ground)


@pytest.mark.req("R128")
def test_the_host_ends_the_order_and_the_session_gets_it_on_its_agenda(circle, otto, vera):
    decision, meeting = adopt(circle, otto), make_meeting(otto)
    mandates.revoke(vera.mandates.get(role=Role.CHAIR), by=None)
    mandates.grant(vera, Role.CHAIR, circle, by=None)
    answer = login(Client(), vera).post(
        reverse("circle_finalise", args=[circle.slug]),
        {"decision": decision.pk, "result_de": "Zwölf Leuchten.", "meeting": meeting.pk},
    )

    order = WorkOrder.objects.get(pk=circle.work_order_id)
    assert answer["Location"] == reverse("work_order", args=[order.number])
    assert (order.state, str(order.result)) == ("finalised", "Zwölf Leuchten.")
    item = agenda.item_of(order)
    assert (item.meeting, item.kind) == (meeting, AgendaItem.Kind.RESULT)
    assert Finalisation.objects.get().decision == decision


@pytest.mark.req("R128")
@pytest.mark.parametrize("kind", ["rules", "proposal"])
def test_only_an_adopted_proposal_ends_the_order(circle, otto, kind):
    adopt(circle, otto, is_adopted=False)
    decision = circle.decisions.get(kind=kind)

    with pytest.raises(finalising.NotAdopted, match="has not adopted this proposal"):
        finalising.finalise(circle, decision, text("Ja"), make_meeting(otto), by=otto)
    with pytest.raises(IntegrityError, match="finalised-by-decision"), transaction.atomic():
        Finalisation.objects.create(work_order=circle.work_order, decision=decision, done_by=otto)
    circle.work_order.refresh_from_db()
    assert circle.work_order.state == "assigned"


def test_a_decision_of_another_circle_ends_nothing(circle, otto):
    other = circle_at_work(otto, members=8, name="Anderswo")

    with pytest.raises(finalising.NotAdopted):
        finalising.finalise(circle, adopt(other, otto), text("Ja"), make_meeting(otto), by=otto)


def test_a_result_is_not_presented_to_a_closed_body(circle, otto):
    meeting = make_meeting(otto)
    Body.objects.filter(pk=meeting.body_id).update(is_public=False)
    meeting = Meeting.objects.get(pk=meeting.pk)

    with pytest.raises(finalising.NotTheDiv, match="Please choose one of its sessions"):
        finalising.finalise(circle, adopt(circle, otto), text("Ja"), meeting, by=otto)


@pytest.mark.req("R128")
def test_the_database_moves_no_circle_order_without_a_decision(circle, otto):
    order = circle.work_order
    work_orders.start(order, by=otto)

    with pytest.raises(IntegrityError, match="order-with-decision"), transaction.atomic():
        work_orders.finalise(order, text("Ja"), make_meeting(otto), by=otto)
        connection.check_constraints()
    assert WorkOrder.objects.get(pk=order.pk).state == "in_progress"


def test_what_ended_an_order_stays(circle, otto):
    finalised(otto, circle=circle)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Finalisation.objects.update(done_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


def test_the_page_says_that_nothing_is_adopted_and_lists_what_is(circle, otto):
    office = login(Client(headers={"accept-language": "en"}), otto)
    address = reverse("circle_finalise", args=[circle.slug])
    assert "has not adopted a proposed solution yet" in office.get(address).content.decode()

    decision = adopt(circle, otto)
    assert decision.number in office.get(address).content.decode()
    missing = office.post(address, {"result_de": "Ja"}).content.decode()
    assert "Please choose the decision that the circle adopted." in missing
    assert "Please choose a session." in missing
    assert ">Ja</textarea>" in missing.replace("\n", "")


def test_the_page_of_the_order_leads_to_the_decision_of_its_circle(circle, otto):
    work_orders.start(circle.work_order, by=otto)
    answer = login(Client(), otto).get(
        reverse("work_order_finalise", args=[circle.work_order.number])
    )
    assert answer["Location"] == reverse("circle_finalise", args=[circle.slug])


def test_an_order_of_the_office_goes_its_way_without_a_decision(otto):
    order = office_order(otto)
    assert (order.state, Finalisation.objects.count()) == ("presented", 0)
    assert agenda.item_of(order).kind == AgendaItem.Kind.RESULT


def test_a_decision_moves_only_by_its_own_steps(circle, otto):
    decision = adopt(circle, otto)
    with pytest.raises(states.UndeclaredMove):
        states.advance(decision, Decision.State.CONSENT, by=None)

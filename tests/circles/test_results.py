"""Results: prepared by one, published by another after the D.I.V. saw them, never by a member."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.models import Result
from circles.resulting import results
from circles.seating import memberships
from formats.weighing import work_orders
from foundation import states
from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.accounts.proof import Proof, ProofMissing
from foundation.languages import LocalizedText
from tests.circles.factories import make_work_order, text
from tests.circles.results import (
    DAY,
    add_measure,
    adopt,
    adopted,
    finalised,
    office_order,
    prepared,
    presented,
    publish,
    published,
    second_office,
    words,
)
from tests.conftest import login
from tests.partnerships.factories import proof_of

pytestmark = pytest.mark.usefixtures("adopted_ground")


@pytest.mark.req("R130")
@pytest.mark.req("R131")
def test_two_people_of_the_office_publish_what_the_div_saw(client, otto):
    result = prepared(otto)
    address = reverse("result", args=[result.work_order.number])
    assert client.get(address).status_code == 404
    publish(result, otto)

    assert (result.state, result.prepared_by, result.settled_by) == (
        "published", second_office(), otto,
    )  # fmt: skip
    result.work_order.refresh_from_db()
    assert result.work_order.state == "published"
    page = client.get(address).content.decode()
    assert "Zwölf Leuchten" in page
    assert "Das Büro dankt." in page
    connection.check_constraints()


@pytest.mark.req("R130")
def test_nothing_is_published_before_the_session(otto):
    circle = finalised(otto)
    result = prepared(otto, order=circle.work_order)

    with pytest.raises(results.NotSettled, match="has not seen this result"):
        publish(result, otto)
    presented(circle.work_order, otto)
    assert publish(result, otto).decision == circle.decisions.get(kind="proposal")


@pytest.mark.req("R130")
def test_the_database_publishes_no_order_without_its_result_and_no_result_alone(otto):
    order = office_order(otto)
    with pytest.raises(IntegrityError, match="order-with-result"), transaction.atomic():
        work_orders.publish(order, by=otto)
        connection.check_constraints()
    result = prepared(otto, order=order)
    alone = {"settled_by": otto, "settled_at": timezone.now(), "answer_due_on": dt.date(2031, 1, 1)}
    with pytest.raises(IntegrityError, match="result-after-session"), transaction.atomic():
        states.advance(result, "published", by=otto, **alone)
        connection.check_constraints()
    assert Result.objects.get().state == "prepared"


def test_who_prepared_it_does_not_publish_it(otto):
    result = prepared(otto)
    results.change(result, words(), seen=results.digest(result), by=otto)

    with pytest.raises(results.NotSettled, match="A second person must look at it"):
        publish(result, otto)
    with pytest.raises(results.NotSettled, match="A second person must look at it"):
        results.withhold(result, text("Nein"), by=otto)
    with pytest.raises(IntegrityError, match="result_by_two_people"), transaction.atomic():
        states.advance(
            result, "withheld", by=otto, settled_by=otto, settled_at=timezone.now(),
            withheld_reason=text("Nein"),
        )  # fmt: skip


def _member_of_the_office(circle) -> User:
    member = memberships.members_of(circle)[0].person
    mandates.grant(member, Role.OFFICE, by=None)
    return member


@pytest.mark.req("R130")
@pytest.mark.parametrize("former", [False, True])
def test_no_member_publishes_the_result_of_the_own_circle(otto, former):
    circle = adopted(otto)
    member = _member_of_the_office(circle)
    if former:
        memberships.give_back(circle.seats.get(number=1), by=member)
    finalised(otto, circle=circle)
    result = prepared(otto, order=presented(circle.work_order, otto))

    with pytest.raises(results.NotSettled, match="A circle does not publish its own result"):
        publish(result, member)
    with pytest.raises(IntegrityError, match="result-not-by-member"), transaction.atomic():
        states.advance(
            result, "withheld", by=member, settled_by=member, settled_at=timezone.now(),
            withheld_reason=text("Nein"),
        )  # fmt: skip
    publish(result, otto)


def test_publishing_takes_a_fresh_second_factor(otto):
    result = prepared(otto)
    stale = Proof(user_id=otto.pk, factor="totp", at=timezone.now() - dt.timedelta(minutes=6))
    for proof in (None, stale, proof_of(second_office())):
        with pytest.raises(ProofMissing, match="confirm this step with your second factor"):
            publish(result, otto, proof=proof)


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        (None, "Please say until when the office answers"),
        (0, "The day of the answer must lie ahead"),
        (-1, "The day of the answer must lie ahead"),
    ],
)
def test_an_answer_is_promised_for_a_day_ahead(otto, due, sentence):
    day = None if due is None else timezone.localdate() + due * DAY
    with pytest.raises(results.NotSettled, match=sentence):
        publish(prepared(otto), otto, answer_due_on=day)


def test_what_was_changed_since_it_was_shown_is_not_published(otto):
    result = prepared(otto)
    seen = results.digest(result)
    add_measure(result, by=second_office())

    with pytest.raises(results.NotSettled, match="The result has changed"):
        publish(result, otto, seen=seen)


@pytest.mark.req("R132")
def test_every_measure_says_how_it_is_used_further_before_publication(otto):
    result = prepared(otto)
    add_measure(result, by=second_office(), state="unsaid")

    with pytest.raises(results.NotSettled, match="how it is used further"):
        publish(result, otto)


@pytest.mark.req("R131")
def test_not_publishing_needs_a_reason_that_everybody_reads(client, otto):
    result = prepared(otto)
    with pytest.raises(results.NotSettled, match="say why the result is not published"):
        results.withhold(result, LocalizedText(), by=otto)
    results.withhold(result, text("Es verletzt Rechte Dritter."), by=otto)

    page = client.get(reverse("result", args=[result.work_order.number])).content.decode()
    assert "Es verletzt Rechte Dritter." in page
    assert "Zwölf Leuchten" not in page
    assert "Der Weg wird heller." not in page
    shown = client.get(reverse("result_list")).content.decode()
    assert "Es verletzt Rechte Dritter." in shown
    assert "Zwölf Leuchten" not in shown
    work_orders.close(result.work_order, text("Zu Ende"), by=otto)
    order = client.get(reverse("work_order", args=[result.work_order.number])).content.decode()
    assert "Bänke stehen." not in order


def test_a_withheld_result_can_be_prepared_anew_by_whoever_takes_it_up(otto):
    result = prepared(otto)
    results.withhold(result, text("Noch nicht"), by=otto)
    results.take_up_again(result, by=otto)

    assert (result.state, result.prepared_by, bool(result.withheld_reason)) == (
        "prepared", otto, False,
    )  # fmt: skip
    with pytest.raises(results.NotSettled, match="A second person"):
        publish(result, otto)


def test_sent_back_it_must_be_changed_first(otto):
    result = prepared(otto)
    with pytest.raises(results.NotSettled, match="Please write what is to be changed"):
        results.send_back(result, "  ", by=otto)
    with pytest.raises(results.NotSettled, match="A second person"):
        results.send_back(result, "Kürzer", by=second_office())
    results.send_back(result, "Kürzer, bitte.", by=otto)
    with pytest.raises(results.NotSettled, match="was sent back and must be changed"):
        publish(result, otto)

    results.change(result, words(), seen=results.digest(result), by=second_office())
    assert publish(result, otto).is_public


def test_a_result_follows_a_finalised_order_once(otto):
    open_order = make_work_order(otto, addressee="office")
    with pytest.raises(results.NotPreparable, match="This work order is not finalised"):
        results.prepare(open_order, words(), by=otto)
    result = prepared(otto)
    with pytest.raises(results.NotPreparable, match="is prepared already"):
        results.prepare(result.work_order, words(), by=otto)
    with pytest.raises(results.NotPreparable, match="a title and what came out"):
        results.change(result, words(title=LocalizedText()), seen="", by=otto)


def test_a_published_result_stays_as_it_is(otto):
    result = published(otto)
    with pytest.raises(results.NotPreparable, match="published or withheld already"):
        results.change(result, words(), seen="", by=otto)
    for write in (
        lambda: Result.objects.update(title=text("Anders")),
        lambda: result.measures.update(title=text("Anders")),
        lambda: result.measures.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="-is-public"), transaction.atomic():
            write()


def test_a_result_is_of_the_decision_that_ended_its_order(otto):
    circle = finalised(otto)
    result = prepared(otto, order=circle.work_order)
    other = adopt(circle, otto)
    with pytest.raises(IntegrityError, match="result-of-decision"), transaction.atomic():
        Result.objects.filter(pk=result.pk).update(decision=other)


def test_two_who_change_it_at_once_lose_nothing(otto):
    result = prepared(otto)
    number = [result.work_order.number]
    seen = results.digest(result)
    results.change(result, words(title=text("Von Olga")), seen=seen, by=second_office())
    typed = {"title_de": "Von Otto", "summary_de": "Heller", "seen": seen, "with_paper": "on"}
    office = login(Client(headers={"accept-language": "en"}), otto)
    answer = office.post(reverse("result_prepare", args=number), typed)

    page = answer.content.decode()
    assert "Somebody else has changed this result meanwhile" in page
    assert "Von Otto" in page
    again = {**typed, "seen": answer.context["form"].data["seen"]}
    assert office.post(reverse("result_prepare", args=number), again).status_code == 302
    result.refresh_from_db()
    assert str(result.title) == "Von Otto"


@pytest.mark.req("R129")
def test_the_form_of_publication_varies(client, otto):
    result = published(otto, press_text=text("Für die Presse"), with_paper=False)

    page = client.get(reverse("result", args=[result.work_order.number])).content.decode()
    assert "Für die Presse" in page
    assert "dokument.pdf" not in page
    assert Result.objects.visible_to(AnonymousUser()).get() == result


@pytest.mark.req("R130")
def test_by_the_page_the_second_person_publishes_with_a_code(otto, olaf):
    result = prepared(otto)
    number = [result.work_order.number]
    address = reverse("result_publish", args=number)
    typed = {"answer_due_on": f"{timezone.localdate() + DAY:%Y-%m-%d}"}
    assert login(Client(), olaf).get(address).status_code == 403
    stale = login(Client(headers={"accept-language": "en"}), otto)
    seen = stale.get(address).context["form"].initial["seen"]
    refused = stale.post(address, {**typed, "seen": seen})
    assert refused.status_code == 200
    assert refused.context["form"].non_field_errors()
    fresh = login(Client(headers={"accept-language": "en"}), otto, fresh=True)
    empty = fresh.post(address, {"seen": seen}).content.decode()
    assert "Please say until when the office answers what became of it." in empty
    assert fresh.post(address, {**typed, "seen": seen})["Location"] == reverse(
        "result", args=number
    )
    result.refresh_from_db()
    assert result.is_public

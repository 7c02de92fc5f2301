"""Look-alikes are pointed out and decided by people; two people may share a mailbox."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.urls import reverse

from circles import permissions
from circles.applying import applications, confirmations, erasure, likenesses
from circles.drawing import freezing
from circles.drawing.tickets import ticket
from circles.models import Application, Likeness
from circles.reviewing import duplicates, inquiries, notices, objections, reviews
from foundation.accounts.models import Role
from foundation.audit.models import Sighting
from foundation.mail.models import OutgoingMail
from tests.circles.conftest import proof_of
from tests.circles.factories import (
    answers_yes,
    close_call,
    code_for,
    make_application,
    make_call,
    qualify,
)
from tests.conftest import login, make_user

pytestmark = pytest.mark.usefixtures("open_ground")
ENGLISH = {"accept-language": "en"}


def signs(pair):
    return pair.same_name, pair.same_phone, pair.same_mailbox


def second_person(call, *, name="Carl Beispiel", **fields):
    form = make_application(call, name=name, email="wir@example.org", confirmed=False, **fields)
    return confirmations.confirm_second(form, code_for(form))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"name": "Clara Müller"}, {"name": "clara  MUELLER"}, (True, False, False)),
        ({"phone": "0521 123456"}, {"phone": "+49 521/12 34 56"}, (False, True, False)),
        ({"phone": "1"}, {"phone": "1"}, None),
        ({"name": "Clara"}, {"name": "Klara"}, None),
    ],
)
def test_same_name_or_telephone_is_pointed_out(call, first, second, expected):
    one, two = make_application(call, **first), make_application(call, **second)

    found = [(pair.first, pair.second, *signs(pair)) for pair in likenesses.open_pairs(call)]
    assert found == ([] if expected is None else [(one, two, *expected)])


def test_paper_and_online_are_compared_and_other_calls_are_not(call, otto):
    make_application(call, name="Emil Ernst")
    make_application(make_call(otto), name="Emil Ernst")

    applications.enter_on_paper(
        call, name="Emil Ernst", phone="0521 1", answers=answers_yes(call), by=otto
    )

    assert likenesses.open_pairs(call).count() == 1


def test_one_address_on_paper_and_online_is_pointed_out(call, otto):
    make_application(call, name="Clara", email="clara@müller.example")

    applications.enter_on_paper(
        call, name="C. Müller", email=" Clara@xn--mller-kva.example", phone="",
        answers=answers_yes(call), by=otto,
    )  # fmt: skip

    (pair,) = likenesses.open_pairs(call)
    assert signs(pair) == (False, False, True)


def test_a_changed_address_is_compared_again(call, otto):
    applications.enter_on_paper(
        call, name="Emil", email="emil@example.org", answers=answers_yes(call), by=otto
    )
    online = make_application(call, name="E. Ernst")
    assert not likenesses.open_pairs(call).exists()

    confirmations.request_address(online, "emil@example.org", by=online.user)
    online.refresh_from_db()
    confirmations.confirm_address(online, code_for(online), by=online.user)

    assert likenesses.open_pairs(call).count() == 1


def test_a_corrected_name_is_compared_again(call):
    make_application(call, name="Emil Ernst")
    other = make_application(call, name="Emil Emst")

    applications.correct(
        other, name="Emil Ernst", phone="", motivation="", support_needs="",
        answers=answers_yes(call), by=other.user,
    )  # fmt: skip

    assert Likeness.objects.count() == 1


@pytest.mark.req("R120")
def test_the_pool_waits_until_a_person_has_decided(call, otto, rita, leo):
    people = [make_application(call, name="Clara Müller") for _ in range(2)]
    for application in people:
        qualify(application, otto, rita)
    close_call(call)

    with pytest.raises(freezing.NotReady, match="1 pair of applications may come from one person"):
        freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))
    duplicates.decide(Likeness.objects.get(), is_same=False, by=rita)
    freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))

    assert {each.state for each in Application.objects.all()} == {"qualified"}


@pytest.mark.req("R120")
def test_one_person_keeps_the_first_once_two_of_the_staff_say_so(call, otto, rita):
    first, second = (make_application(call, name="Clara Müller") for _ in range(2))

    assert duplicates.decide(Likeness.objects.get(), is_same=True, by=rita).is_same is None
    assert {each.state for each in Application.objects.all()} == {"submitted"}
    with pytest.raises(duplicates.NotDecidable, match="second person"):
        duplicates.decide(Likeness.objects.get(), is_same=True, by=rita)
    with pytest.raises(IntegrityError, match="one_person_say_two"), transaction.atomic():
        Likeness.objects.update(is_same=True, decided_by=rita, decided_at=Now())
    duplicates.decide(Likeness.objects.get(), is_same=True, by=otto)

    states = dict(Application.objects.values_list("pk", "state"))
    assert states == {first.pk: "submitted", second.pk: "rejected"}
    mail = OutgoingMail.objects.get(kind="application_duplicate")
    assert (mail.to, mail.state) == (second.email, "held")
    assert first.reference in mail.body
    with pytest.raises(duplicates.NotDecidable):
        duplicates.decide(Likeness.objects.get(), is_same=False, by=rita)


def said_to_be_one(call, otto, rita):
    """Two applications of the same name, taken for one person; returns them."""
    both = [make_application(call, name="Clara Müller") for _ in range(2)]
    for by in (rita, otto):
        duplicates.decide(Likeness.objects.get(), is_same=True, by=by)
    for application in both:
        application.refresh_from_db()
    return both


@pytest.mark.req("R120")
def test_a_duplicate_is_told_may_object_and_the_pool_waits_for_it(call, otto, rita, leo):
    first, second = said_to_be_one(call, otto, rita)
    qualify(first, otto, rita)
    close_call(call)

    with pytest.raises(freezing.NotReady, match="does not know yet"):
        freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))
    assert notices.waiting(call).get().kind == "application_duplicate"
    OutgoingMail.objects.filter(kind="application_duplicate").update(to="", printed_at=Now())
    with pytest.raises(freezing.NotReady, match="may still object"):
        freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))

    objection = objections.record(second, "Wir sind zwei.", by=otto)
    for by in (otto, rita):
        with pytest.raises(objections.NotYours, match="applied twice"):
            objections.decide(objection, uphold=True, reason="zwei Personen", by=by)
    other = make_user("Ria", Role.REVIEWER, factor=True)
    objections.decide(objection, uphold=True, reason="zwei Personen", by=other)
    second.refresh_from_db()
    assert (second.state, Likeness.objects.get().is_same) == ("submitted", False)


def test_the_list_of_the_rejected_calls_it_a_duplicate(call, otto, rita, leo):
    first, _ = said_to_be_one(call, otto, rita)
    qualify(first, otto, rita)
    OutgoingMail.objects.filter(kind="application_duplicate").update(
        to="", printed_at=Now() - dt.timedelta(days=8)
    )
    draw = freezing.freeze(close_call(call), all_typed=True, by=leo, proof=proof_of(leo))

    assert freezing.refusals(draw) == [("duplicate", 1)]


def test_whose_first_one_is_not_admitted_keeps_the_second(call, otto, rita):
    first, second = (make_application(call, name="Clara Müller") for _ in range(2))
    for by in (otto, rita):
        reviews.review(first, unmet={call.criteria.first(): "wohnt woanders"}, by=by)
    for by in (rita, otto):
        duplicates.decide(Likeness.objects.get(), is_same=True, by=by)

    second.refresh_from_db()
    assert second.state == "submitted"
    assert not OutgoingMail.objects.filter(kind="application_duplicate").exists()


def test_nobody_decides_about_their_own(call, rita):
    make_application(call, name="Rita")
    make_application(call, name="Rita", email=rita.email)

    with pytest.raises(duplicates.NotDecidable, match="your own application"):
        duplicates.decide(Likeness.objects.get(), is_same=True, by=rita)


def test_the_page_shows_both_logs_the_look_and_decides(client, call, rita):
    first, second = (make_application(call, name="Clara Müller") for _ in range(2))
    pair = Likeness.objects.get()
    reviewer = login(client, rita)
    path = reverse("likeness_list", args=[call.pk])

    page = reviewer.get(path, headers=ENGLISH).content.decode()
    reviewer.post(reverse("likeness_decide", args=[call.pk, pair.pk]), {"is_same": "yes"})

    assert first.reference in page
    assert f"One person: leave {second.reference} out" in page
    again = reviewer.get(path, headers=ENGLISH).content.decode()
    assert "One person: leave" not in again
    assert "Rita says: one person." in again
    assert set(Sighting.objects.values_list("subject_id", "purpose")) == {
        (str(first.pk), "application-likeness"),
        (str(second.pk), "application-likeness"),
    }
    pair.refresh_from_db()
    assert (pair.is_same, pair.proposed_by) == (None, rita)


@pytest.mark.parametrize("many", [2, 4])
def test_the_page_asks_as_much_for_one_pair_as_for_six(
    client, call, rita, many, django_assert_max_num_queries
):
    for _ in range(many):
        make_application(call, name="Clara Müller")
    reviewer = login(client, rita)

    with django_assert_max_num_queries(9):
        reviewer.get(reverse("likeness_list", args=[call.pk]))


def test_a_second_person_of_one_mailbox_gets_a_ticket_by_reference(client, call):
    first = make_application(call, name="Clara Beispiel", email="wir@example.org")
    form = make_application(call, name="Carl Beispiel", email="wir@example.org", confirmed=False)
    page = reverse("application_second", args=[applications.signed_id(form)])

    refused = client.post(page, {"code": code_for(form)}, headers=ENGLISH).content.decode()
    led = client.post(page, {"code": code_for(form), "other_person": "on"})

    assert "Please confirm that you are another." in refused
    second = Application.objects.get(pk=form.pk)
    assert led["Location"] == reverse("my_application", args=[second.reference])
    assert second.identity == f"ref:{second.reference}"
    assert second.ticket == ticket(call.draw_id, second.nonce, second.identity)
    assert second.user != first.user
    assert second.reached_by == first.user
    assert client.get(led["Location"]).status_code == 200
    assert {row["application"] for row in client.get(reverse("my")).context["rows"]} == {
        first, second,
    }  # fmt: skip
    assert [signs(pair) for pair in likenesses.open_pairs(call)] == [(False, False, True)]


def test_who_leaves_takes_nobody_along_who_only_shares_the_mailbox(call):
    first = make_application(call, email="wir@example.org")
    second = second_person(call)

    erasure.erase_person(first.user)

    second.refresh_from_db()
    assert (second.state, second.reached_by, second.is_on_paper) == ("submitted", None, True)
    first.refresh_from_db()
    assert first.erased_at


def test_a_third_person_of_one_mailbox_calls_the_office(call):
    make_application(call, email="wir@example.org")
    second_person(call)

    with pytest.raises(confirmations.AppliedAlready, match="Please call us"):
        second_person(call, name="Cora Beispiel")


def test_the_first_one_cannot_take_the_second_address_away(call):
    make_application(call, email="wir@example.org")
    second = second_person(call)

    with pytest.raises(applications.FixedNow, match="share this mailbox"):
        confirmations.request_address(second, "neu@example.org", by=second.reached_by)


@pytest.mark.req("R120")
def test_nobody_decides_about_the_second_application_of_their_own_mailbox(call, otto, rita):
    """Rita applied, and a second person of her mailbox did; both count as hers."""
    make_application(call, email=rita.email)
    form = make_application(call, name="Carl", email=rita.email, confirmed=False)
    second = confirmations.confirm_second(form, code_for(form))
    assert second.user != rita and second.reached_by == rita
    Application.objects.filter(pk=second.pk).update(email="neu@example.org")  # the mailbox stays
    second.refresh_from_db()
    assert not reviews.waiting_for(rita, call.applications.all()).exists()
    assert not permissions.can_review(rita, second)
    with pytest.raises(inquiries.NotOpenToQuestions, match="your own application"):
        inquiries.ask(second, "Wo wohnen Sie?", by=rita)
    with pytest.raises(reviews.NotReviewable, match="your own application"):
        reviews.review(second, unmet={}, by=rita)
    for by in (otto, make_user("Ria", Role.REVIEWER, factor=True)):
        reviews.review(second, unmet={call.criteria.first(): "wohnt woanders"}, by=by)
    objection = objections.record(second, "Ich wohne hier.", by=otto)
    with pytest.raises(objections.NotYours, match="your own application"):
        objections.decide(objection, uphold=True, reason="wohnt hier", by=rita)

"""Asking applicants before a finding, and leaving applications to others when biased."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from circles.applying import erasure, own_data, standing
from circles.models import Inquiry, Recusal, Review
from circles.reviewing import inquiries, objections, recusals, reviews
from foundation.mail.models import OutgoingMail
from tests.circles.factories import close_call, make_application, make_call
from tests.conftest import login

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def call(otto):
    return make_call(otto)


@pytest.fixture
def application(call, clara):
    return make_application(call, name="Clara", email=clara.email)


def overdue(inquiry) -> None:
    now = timezone.now()
    Inquiry.objects.filter(pk=inquiry.pk).update(
        asked_at=now - dt.timedelta(days=8), due_at=now - dt.timedelta(days=1)
    )


def test_findings_wait_for_the_answer(application, call, rita, otto):
    inquiries.ask(application, "Wohnen Sie noch dort?", by=rita)
    mail = OutgoingMail.objects.get(kind="application_question")
    assert "Wohnen Sie noch dort?" in mail.body
    assert mail.to == application.email
    with pytest.raises(reviews.NotReviewable) as refusal:
        reviews.review(application, unmet={}, by=otto)
    assert refusal.value.code == "question-open"
    assert "1 person was asked something and may still answer." in reviews.open_matters(call)
    inquiries.answer(application, "Ja, seit 2019.", by=application.user)
    reviews.review(application, unmet={}, by=otto)


def test_an_answer_that_does_not_come_holds_nothing_up(application, otto, rita):
    inquiry = inquiries.ask(application, "Wohnen Sie noch dort?", by=rita)
    with pytest.raises(inquiries.NotOpenToQuestions):
        inquiries.ask(application, "Noch etwas?", by=otto)
    overdue(inquiry)
    reviews.review(application, unmet={}, by=otto)
    inquiries.ask(application, "Noch etwas?", by=rita)
    assert inquiries.open_inquiry(application).question == "Noch etwas?"


def test_nobody_is_asked_when_all_is_decided(application, otto, rita):
    for person in (otto, rita):
        reviews.review(application, unmet={}, by=person)
    application.refresh_from_db()
    with pytest.raises(inquiries.NotOpenToQuestions):
        inquiries.ask(application, "Wirklich?", by=otto)
    with pytest.raises(inquiries.NothingAsked):
        inquiries.answer(application, "Ja.", by=application.user)


@pytest.mark.parametrize("words", ["", "   "])
def test_questions_and_answers_are_not_empty(application, rita, words):
    with pytest.raises(inquiries.NothingAsked):
        inquiries.ask(application, words, by=rita)
    inquiries.ask(application, "Frage?", by=rita)
    with pytest.raises(inquiries.NothingAsked):
        inquiries.answer(application, words, by=application.user)


def test_the_applicant_sees_the_question_first_and_answers(client, application, clara, rita):
    inquiries.ask(application, "Wohnen Sie noch dort?", by=rita)
    close_call(application.call)
    assert standing.of(application).title == "waits for your answer"
    citizen = login(client, clara)
    page = reverse("my_application", args=[application.reference])
    where = reverse("my_answer", args=[application.reference])
    assert where in citizen.get(page).content.decode()
    refused = citizen.post(where, {"answer": "x" * 2001}, headers=ENGLISH)
    assert "x" * 2001 in refused.content.decode()
    assert citizen.post(where, {"answer": "Ja, <b>seit</b> 2019."}).status_code == 302
    shown = citizen.get(page).content.decode()
    assert "&lt;b&gt;seit" in shown
    assert where not in shown
    assert own_data.of(clara)["applications"][0]["questions"][0]["answer"].startswith("Ja")


def test_question_and_answer_are_erased_with_the_application(application, rita):
    inquiries.ask(application, "Wohnen Sie noch dort?", by=rita)
    inquiries.answer(application, "Ja.", by=application.user)
    erasure.erase(application, by=application.user)
    kept = Inquiry.objects.get()
    assert (kept.question, kept.answer) == ("", "")


def test_whoever_is_biased_stays_out_for_good(application, call, otto, rita):
    criterion = call.criteria.get(code="wohnort")
    recusals.recuse(application, by=rita)
    with pytest.raises(reviews.NotReviewable) as refusal:
        reviews.review(application, unmet={}, by=rita)
    assert refusal.value.code == "recused"
    assert not reviews.waiting_for(rita, call.applications.all()).exists()
    with pytest.raises(recusals.TooLate):
        recusals.recuse(application, by=rita)
    reviews.review(application, unmet={criterion: "wohnt woanders"}, by=otto)
    with pytest.raises(recusals.TooLate):
        recusals.recuse(application, by=otto)


def test_nobody_is_biased_about_a_form_without_its_code(call, rita):
    form = make_application(call, confirmed=False)
    with pytest.raises(recusals.TooLate) as refusal:
        recusals.recuse(form, by=rita)
    assert refusal.value.code == "not-in-review"
    with pytest.raises(IntegrityError, match="recusal-in-review"), transaction.atomic():
        Recusal.objects.create(application=form, person=rita)


def test_nor_do_they_decide_its_objection(application, call, otto, leo, rita, vera):
    criterion = call.criteria.get(code="wohnort")
    recusals.recuse(application, by=rita)
    for person in (otto, leo):
        reviews.review(application, unmet={criterion: "wohnt woanders"}, by=person)
    application.refresh_from_db()
    objection = objections.record(application, "Ich wohne hier.", by=otto)
    with pytest.raises(objections.NotYours):
        objections.decide(objection, uphold=True, reason="", by=rita)
    objections.decide(objection, uphold=True, reason="", by=vera)


def test_the_database_keeps_the_biased_out(application, otto, rita):
    Recusal.objects.create(application=application, person=rita)
    with pytest.raises(IntegrityError, match="biased-stay-out"), transaction.atomic():
        Review.objects.create(application=application, reviewer=rita, qualified=True)
    Review.objects.create(application=application, reviewer=otto, qualified=True)
    with pytest.raises(IntegrityError, match="biased-stay-out"), transaction.atomic():
        Recusal.objects.create(application=application, person=otto)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Recusal.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_finding_and_a_declaration_at_once_leave_one_of_them(application, rita):
    gate = threading.Barrier(2)
    refused = []

    def act(step):
        gate.wait()
        try:
            step()
        except (reviews.NotReviewable, recusals.TooLate) as error:
            refused.append(error.code)
        finally:
            connection.close()

    steps = (
        lambda: reviews.review(application, unmet={}, by=rita),
        lambda: recusals.recuse(application, by=rita),
    )
    threads = [threading.Thread(target=act, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Review.objects.count() + Recusal.objects.count() == 1
    assert len(refused) == 1

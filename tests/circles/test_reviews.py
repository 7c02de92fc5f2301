"""Two people look at each application; what still blocks the freeze is said in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from circles.models import Application, Call
from circles.reviewing import objections, reviews
from foundation.accounts.models import Role
from foundation.mail.models import OutgoingMail
from tests.circles.factories import make_application, qualify
from tests.conftest import make_user

pytestmark = pytest.mark.usefixtures("open_ground")
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def application(call):
    return make_application(call, name="Clara", email="clara@example.org")


@pytest.fixture
def wohnort(call):
    return call.criteria.get(code="wohnort")


@pytest.fixture
def rosa(db):
    return make_user("Rosa", Role.REVIEWER, factor=True)


def reject(application, criterion, *people):
    for person in people:
        reviews.review(application, unmet={criterion: "wohnt woanders"}, by=person)
    application.refresh_from_db()
    return application


@pytest.mark.req("R120")
def test_two_people_admit(application, otto, rita):
    reviews.review(application, unmet={}, by=otto)
    application.refresh_from_db()
    assert application.state == Application.State.SUBMITTED

    reviews.review(application, unmet={}, by=rita)
    application.refresh_from_db()
    assert application.state == Application.State.QUALIFIED


def test_two_people_reject_with_the_first_unmet_criterion(application, call, otto, rita):
    wohnort, alter = call.criteria.all()
    reviews.review(application, unmet={alter: "zu jung"}, by=otto)
    reviews.review(application, unmet={alter: "zu jung", wohnort: "wohnt woanders"}, by=rita)

    application.refresh_from_db()
    assert application.state == Application.State.REJECTED
    assert reviews.reason_code(application) == "wohnort"
    assert reviews.reasons_for(application) == [(wohnort, ["wohnt woanders"]), (alter, ["zu jung"])]


def test_the_mail_to_the_rejected_waits_to_be_read(application, wohnort, otto, rita):
    reject(application, wohnort, otto, rita)

    mail = OutgoingMail.objects.get(kind="application_rejected")
    assert (mail.to, mail.state) == ("clara@example.org", "held")
    assert "Trifft wohnort auf Sie zu?" in mail.body
    assert "wohnt woanders" in mail.body


def test_when_two_differ_a_third_decides(application, wohnort, otto, rita, rosa):
    reviews.review(application, unmet={}, by=otto)
    reviews.review(application, unmet={wohnort: "unklar"}, by=rita)
    application.refresh_from_db()
    assert application.state == Application.State.SUBMITTED

    reviews.review(application, unmet={}, by=rosa)
    application.refresh_from_db()
    assert application.state == Application.State.QUALIFIED


def test_one_person_looks_once(application, otto):
    reviews.review(application, unmet={}, by=otto)

    with pytest.raises(reviews.NotReviewable) as refusal:
        reviews.review(application, unmet={}, by=otto)
    assert refusal.value.code == "reviewed-before"


def test_nobody_reviews_their_own(call, rita):
    own = make_application(call, email=rita.email)

    with pytest.raises(reviews.NotReviewable) as refusal:
        reviews.review(own, unmet={}, by=rita)
    assert refusal.value.code == "own-application"


def test_a_no_needs_a_reason(application, wohnort, otto):
    with pytest.raises(reviews.NotReviewable) as refusal:
        reviews.review(application, unmet={wohnort: "  "}, by=otto)
    assert refusal.value.code == "reason-missing"


def test_findings_stay_as_they_are(application, otto):
    finding = reviews.review(application, unmet={}, by=otto)

    with pytest.raises(IntegrityError), transaction.atomic():
        finding.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        application.reviews.update(qualified=False)


def test_objection_upheld_by_somebody_new(application, wohnort, otto, rita, rosa):
    reject(application, wohnort, otto, rita)
    objection = objections.record(application, "Ich wohne hier.", by=otto)

    with pytest.raises(objections.NotYours):
        objections.decide(objection, uphold=True, reason="ja", by=rita)
    objections.decide(objection, uphold=True, reason="Meldebescheinigung", by=rosa)

    application.refresh_from_db()
    assert application.state == Application.State.QUALIFIED
    assert OutgoingMail.objects.get(kind="application_objection").state == "held"


def test_objection_not_upheld(application, wohnort, otto, rita, rosa):
    reject(application, wohnort, otto, rita)
    objection = objections.record(application, "Ich wohne hier.", by=otto)
    objections.decide(objection, uphold=False, reason="kein Nachweis", by=rosa)

    application.refresh_from_db()
    assert application.state == Application.State.REJECTED
    with pytest.raises(objections.NotOpenToObjection):
        objections.decide(objection, uphold=True, reason="doch", by=rosa)


def test_only_the_rejected_object(application, otto):
    with pytest.raises(objections.NotOpenToObjection):
        objections.record(application, "zu früh", by=otto)


def test_what_blocks_the_freeze(call, wohnort, otto, rita, rosa):
    assert reviews.open_matters(call) == []
    waiting = make_application(call, confirmed=False)
    undecided = make_application(call)
    rejected = reject(make_application(call), wohnort, otto, rita)
    objection = objections.record(rejected, "Doch!", by=otto)
    assert len(reviews.open_matters(call)) == 3

    moment = waiting.submitted_at - dt.timedelta(hours=48)
    Call.objects.filter(pk=call.pk).update(opens_at=moment)
    Application.objects.filter(pk=waiting.pk).update(submitted_at=moment)
    assert len(reviews.open_matters(call)) == 2

    qualify(undecided, otto, rita)
    assert len(reviews.open_matters(call)) == 1
    objections.decide(objection, uphold=False, reason="nein", by=rosa)
    assert reviews.open_matters(call) == []


def test_a_second_form_of_somebody_who_applied_blocks_nothing(call, otto, rita):
    qualify(make_application(call, email="clara@example.org"), otto, rita)
    make_application(call, email="clara@example.org", confirmed=False)

    assert reviews.open_matters(call) == []

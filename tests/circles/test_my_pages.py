"""A citizen's own pages: state and next step, correct, withdraw, receipt, data, delete."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from circles import lottery
from circles.applying import applications, confirmations, erasure
from circles.models import Application
from circles.reviewing import reviews
from foundation.mail.models import OutgoingMail
from tests.circles.factories import (
    answers_yes,
    close_call,
    code_for,
    make_application,
    make_call,
    qualify,
)
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("open_ground")
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def application(call, clara):
    return make_application(
        call, name="Clara", email=clara.email, motivation="Bus", support_needs="Kinder"
    )


@pytest.fixture
def citizen(client, clara, application):
    return login(client, clara)


def path(name, application) -> str:
    return reverse(name, args=[application.reference])


def lead(citizen, application) -> str:
    page = citizen.get(path("my_application", application), headers=ENGLISH)
    return page.context["standing"].title


def test_the_state_in_plain_words(citizen, application, call, otto, rita):
    assert lead(citizen, application) == "received"
    close_call(call)
    assert lead(citizen, application) == "in review"
    qualify(application, otto, rita)
    assert lead(citizen, application) == "admitted"


def test_correcting_until_the_deadline(citizen, application, call):
    data = {"name": "Clara Neu", "phone": "1", "motivation": "", "support_needs": "Rampe"}
    data |= {f"criterion_{pk}": "no" for pk in answers_yes(call)}

    assert citizen.post(path("my_correction", application), data).status_code == 302
    application.refresh_from_db()
    assert (application.name, application.support_needs) == ("Clara Neu", "Rampe")
    assert set(application.answers.values_list("met", flat=True)) == {False}

    close_call(call)
    refused = citizen.post(
        path("my_correction", application), data | {"name": "Zu spät"}, headers=ENGLISH
    )
    assert "The deadline has passed" in refused.content.decode()
    assert "Zu spät" in refused.content.decode()


def test_in_review_answers_stay(citizen, application, call, otto):
    reviews.review(application, unmet={}, by=otto)
    data = {"name": "Clara Neu"} | {f"criterion_{pk}": "no" for pk in answers_yes(call)}

    page = citizen.post(path("my_correction", application), data, headers=ENGLISH)

    assert "Your application is being reviewed" in page.content.decode()


def test_another_address_by_the_pages(citizen, application):
    old = application.ticket
    citizen.post(path("my_address", application), {"email": "clara.neu@example.org"})
    application.refresh_from_db()
    response = citizen.post(path("my_address_code", application), {"code": code_for(application)})

    assert response["Location"] == path("my_application", application)
    application.refresh_from_db()
    assert (application.email, application.pending_email) == ("clara.neu@example.org", "")
    assert application.ticket != old
    # The page belongs to the person of the new address, who is now logged in.
    assert citizen.get(path("my_application", application)).status_code == 200


def test_withdrawing_asks_once(citizen, application):
    assert citizen.get(path("my_withdrawal", application)).status_code == 200
    application.refresh_from_db()
    assert application.state == Application.State.SUBMITTED

    citizen.post(path("my_withdrawal", application))
    application.refresh_from_db()
    assert application.state == Application.State.WITHDRAWN
    assert OutgoingMail.objects.filter(kind="application_withdrawn").count() == 1


def test_the_receipt_is_for_its_owner(client, citizen, application, olaf, otto, do_work):
    assert citizen.get(path("my_receipt", application)).status_code == 404
    do_work()
    receipt = citizen.get(path("my_receipt", application))
    assert receipt.content.startswith(b"%PDF-")
    assert receipt["Content-Disposition"].startswith("attachment;")

    for stranger in (olaf, otto):
        assert login(client, stranger).get(path("my_receipt", application)).status_code == 404


def test_own_data_say_who_looked(client, citizen, application, otto, clara):
    login(client, otto).get(
        reverse("application_review", args=[application.call_id, application.reference])
    )

    data = json.loads(login(client, clara).get(reverse("my_data")).content)

    mine = data["applications"][0]
    assert mine["nonce"] == application.nonce
    assert mine["support_needs"] == "Kinder"
    assert [each["purpose"] for each in mine["looked_at"]] == ["application-review"]
    assert data["account"]["email"] == clara.email


def test_erasing_leaves_only_the_ticket(citizen, application, otto, rita, do_work, call):
    wohnort = call.criteria.get(code="wohnort")
    for person in (otto, rita):
        reviews.review(application, unmet={wohnort: "Clara wohnt woanders"}, by=person)
    do_work()
    application.refresh_from_db()
    receipt, ticket = application.receipt, application.ticket

    citizen.post(path("my_deletion", application))

    row = Application.objects.filter(pk=application.pk).values().get()
    personal = ("name", "email", "phone", "motivation", "support_needs", "nonce", "identity")
    assert {row[name] for name in personal} == {""}
    assert (row["ticket"], row["user_id"], row["receipt_id"]) == (ticket, None, None)
    assert not application.answers.exists()
    receipt.refresh_from_db()
    assert receipt.purged_at is not None
    sent = OutgoingMail.objects.filter(subject_id=str(application.pk))
    assert "clara" not in str(list(sent.values())).lower()
    # Nothing else needed the account, so it went with the application.
    gone = citizen.get(path("my_application", application))
    assert gone["Location"].startswith("/konto/anmelden/")
    assert reviews.reason_code(application) == "wohnort"


def test_erased_people_can_apply_again_and_twice(call):
    for _ in range(2):
        application = make_application(call, email="clara2@example.org")
        erasure.erase(application, by=application.user)

    assert call.applications.exclude(erased_at=None).count() == 2


@pytest.mark.req("R120")
def test_the_draw_verifies_after_an_erasure(call, otto, rita):
    people = [qualify(make_application(call), otto, rita) for _ in range(3)]
    before = lottery.Pool(call.draw_id, tuple(sorted(each.ticket for each in people)))
    erasure.erase(people[0], by=people[0].user)

    after = Application.objects.filter(call=call).values_list("ticket", flat=True)
    assert tuple(sorted(after)) == before.tickets


def test_erasing_twice_gets_a_sentence(application, clara):
    erasure.erase(application, by=clara)

    with pytest.raises(erasure.StillNeeded):
        erasure.erase(application, by=clara)


def test_forms_without_a_code_go_after_seven_days(call):
    waiting = make_application(call, confirmed=False)
    make_application(call, confirmed=False)
    moment = waiting.submitted_at - erasure.UNCONFIRMED_KEPT
    type(call).objects.filter(pk=call.pk).update(opens_at=moment)
    Application.objects.filter(pk=waiting.pk).update(submitted_at=moment)
    call.refresh_from_db()

    assert erasure.forget_unconfirmed(call) == 1
    assert not Application.objects.filter(pk=waiting.pk).exists()
    assert call.applications.count() == 1


def test_a_receipt_asked_for_before_the_erasure_is_not_made(application, clara, do_work):
    erasure.erase(application, by=clara)
    do_work()

    application.refresh_from_db()
    assert application.receipt is None


def test_withdrawn_before_its_code_is_gone(call):
    waiting = make_application(call, confirmed=False)
    applications.withdraw(waiting, by=None)

    with pytest.raises(confirmations.WrongCode):
        confirmations.confirm(waiting, "000000")


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_my_applications(client, clara, otto, many, django_assert_max_num_queries):
    for _ in range(many):
        make_application(make_call(otto), email=clara.email)
    citizen = login(client, clara)

    with django_assert_max_num_queries(9 + many):
        citizen.get(reverse("my"))

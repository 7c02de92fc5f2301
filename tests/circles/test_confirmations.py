"""The code from the mail: five tries, 48 hours, a new one on request; then the person is known."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from circles.applying import applications, confirmations, receipts
from circles.drawing.tickets import ticket
from circles.models import Application, Call
from foundation import states
from foundation.accounts.models import Role, User
from foundation.documents import files
from foundation.documents.findings import examine
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from foundation.posting.once import FIELD
from tests.circles.factories import code_for, make_application
from tests.conftest import make_user

pytestmark = pytest.mark.usefixtures("open_ground")
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def waiting(call):
    return make_application(call, email="clara@example.org", name="Clara", confirmed=False)


def path_of(application) -> str:
    return reverse("application_code", args=[applications.signed_id(application)])


def age(application, **past) -> None:
    """Let the form have been sent some time ago."""
    moment = application.submitted_at - dt.timedelta(**past)
    Call.objects.filter(pk=application.call_id).update(opens_at=moment - dt.timedelta(days=1))
    Application.objects.filter(pk=application.pk).update(submitted_at=moment)
    application.refresh_from_db()


def wrong(application) -> str:
    return f"{(int(code_for(application)) + 1) % 10**6:06d}"


def test_the_right_code_logs_the_person_in(client, waiting):
    response = client.post(path_of(waiting), {"code": code_for(waiting)})

    assert response["Location"] == reverse("my_application", args=[waiting.reference])
    page = client.get(response["Location"], headers=ENGLISH)
    assert page.status_code == 200
    person = User.objects.get(email="clara@example.org")
    assert (person.name, person.has_usable_password()) == ("Clara", False)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.user, waiting.code_digest) == ("submitted", person, "")


def test_a_double_click_on_the_code_logs_the_person_in_all_the_same(waiting):
    typed = {"code": code_for(waiting), FIELD: "k" * 32}
    for client in (Client(), Client()):
        answer = client.post(path_of(waiting), typed)
        assert answer["Location"] == reverse("my_application", args=[waiting.reference])
        assert client.get(answer["Location"]).status_code == 200


def test_spaces_in_a_code_do_not_matter(waiting):
    code = code_for(waiting)

    assert confirmations.confirm(waiting, f" {code[:3]} {code[3:]} ").state == "submitted"


def test_a_wrong_code_counts_down_then_asks_for_a_new_one(client, waiting):
    sentences = []
    for _ in range(6):
        page = client.post(path_of(waiting), {"code": wrong(waiting)}, headers=ENGLISH)
        sentences.append(page.context["form"].errors["code"][0])

    assert sentences == [
        *[
            f"This code does not fit. You have {n} {'try' if n == 1 else 'tries'} left."
            for n in (4, 3, 2, 1)
        ],
        "This code does not fit. That was the last try; please request a new code.",
        "This code was tried too often. Please request a new one.",
    ]
    refused = client.post(path_of(waiting), {"code": code_for(waiting)}, headers=ENGLISH)
    assert refused.context["form"].errors["code"] == [sentences[-1]]


def test_a_wrong_code_is_counted_also_inside_the_once_key(client, waiting):
    client.post(path_of(waiting), {"code": wrong(waiting), "idempotency_key": "k" * 32})

    waiting.refresh_from_db()
    assert waiting.code_tries == 1


def test_a_new_code_replaces_the_old_one(client, waiting):
    old = code_for(waiting)
    client.post(reverse("application_new_code", args=[applications.signed_id(waiting)]))
    new = code_for(waiting)

    if new != old:
        with pytest.raises(confirmations.WrongCode):
            confirmations.confirm(waiting, old)
    assert confirmations.confirm(waiting, new).state == "submitted"


def test_one_reminder_after_a_day(waiting):
    def due(moment):
        return Effect.objects.filter(kind=confirmations.REMINDER, due_at__lte=moment).count()

    day = dt.timedelta(hours=24)
    assert due(waiting.submitted_at + day) == 1
    assert due(waiting.submitted_at + day - dt.timedelta(seconds=1)) == 0

    confirmations.remind(waiting.pk)
    assert OutgoingMail.objects.filter(kind="application_code").count() == 2
    confirmations.confirm(waiting, code_for(waiting))
    confirmations.remind(waiting.pk)
    assert OutgoingMail.objects.filter(kind="application_code").count() == 2


def test_nobody_is_reminded_of_a_second_form(call, waiting):
    confirmations.confirm(waiting, code_for(waiting))
    second = make_application(call, email="clara@example.org", confirmed=False)
    before = OutgoingMail.objects.count()

    confirmations.remind(second.pk)

    assert OutgoingMail.objects.count() == before


def test_a_code_of_48_hours_is_too_old(client, waiting):
    age(waiting, hours=48)

    page = client.post(path_of(waiting), {"code": code_for(waiting)}, headers=ENGLISH)

    assert page.context["form"].errors["code"][0].startswith("The 48 hours for the code are over.")
    with pytest.raises(confirmations.WrongCode):
        confirmations.send_code(waiting)


def test_the_code_may_follow_after_the_deadline(waiting, call):
    age(waiting, hours=47)
    Call.objects.filter(pk=call.pk).update(closes_at=waiting.submitted_at + dt.timedelta(seconds=1))

    assert confirmations.confirm(waiting, code_for(waiting)).state == "submitted"


def test_a_frozen_pool_takes_nobody(waiting, call, otto):
    states.advance(call, Call.State.FROZEN, by=otto)

    with pytest.raises(applications.CallClosed):
        confirmations.confirm(waiting, code_for(waiting))


def test_the_second_confirmed_form_of_a_person_is_refused(call, waiting):
    other = make_application(call, email="clara@example.org", confirmed=False)
    codes = code_for(waiting), code_for(other)
    confirmations.confirm(waiting, codes[0])

    with pytest.raises(confirmations.AppliedAlready):
        confirmations.confirm(other, codes[1])
    other.refresh_from_db()
    assert other.state == "unconfirmed"


def test_a_forged_link_is_nothing(client, waiting):
    assert client.get(reverse("application_code", args=[str(waiting.pk)])).status_code == 404
    assert client.get(reverse("application_code", args=[f"{waiting.pk}~x"])).status_code == 404


def test_only_the_digest_of_the_code_is_stored(waiting):
    code = code_for(waiting)

    row = str(Application.objects.filter(pk=waiting.pk).values().get())

    assert f"'{code}'" not in row


def test_staff_are_not_logged_in_by_a_mail(client, call):
    rosa = make_user("Rosa", Role.OFFICE, factor=True)
    application = make_application(call, email=rosa.email, confirmed=False)

    client.post(path_of(application), {"code": code_for(application)})

    application.refresh_from_db()
    assert application.user == rosa
    assert "_auth_user_id" not in client.session


def test_a_confirmed_link_leads_to_the_application(client, waiting):
    confirmations.confirm(waiting, code_for(waiting))

    assert client.get(path_of(waiting))["Location"] == reverse(
        "my_application", args=[waiting.reference]
    )


def test_the_receipt_is_sealed_and_says_what_the_ticket_is_made_of(waiting, do_work):
    application = confirmations.confirm(waiting, code_for(waiting))
    do_work()
    application.refresh_from_db()

    pdf = files.read(application.receipt)
    findings = examine(pdf)
    assert (findings.sound, findings.trust) == (True, "test")
    mail = OutgoingMail.objects.get(kind="application_received")
    assert mail.state == "sent"


def test_a_script_that_our_typeface_lacks_still_gets_a_receipt(call, do_work):
    application = make_application(call, name="王小明 🎲")
    do_work()
    application.refresh_from_db()

    assert application.receipt is not None


def test_the_receipt_is_made_once(waiting):
    application = confirmations.confirm(waiting, code_for(waiting))

    receipts.issue(application.pk, application.ticket)
    application.refresh_from_db()
    first = application.receipt
    receipts.issue(application.pk, application.ticket)
    application.refresh_from_db()

    assert application.receipt == first


def test_a_new_address_gives_a_new_ticket_and_receipt(waiting, do_work):
    application = confirmations.confirm(waiting, code_for(waiting))
    do_work()
    application.refresh_from_db()
    old_ticket, old_receipt = application.ticket, application.receipt

    confirmations.request_address(application, "clara.neu@example.org", by=application.user)
    application.refresh_from_db()
    assert (application.email, application.ticket) == ("clara@example.org", old_ticket)
    changed = confirmations.confirm_address(application, code_for(application), by=application.user)
    do_work()
    changed.refresh_from_db()
    old_receipt.refresh_from_db()

    assert changed.identity == "clara.neu@example.org"
    assert changed.ticket == ticket(changed.call.draw_id, changed.nonce, changed.identity)
    assert changed.ticket != old_ticket
    assert changed.receipt not in (None, old_receipt)
    assert old_receipt.purged_at is not None
    assert changed.user.email == "clara.neu@example.org"


def test_a_foreign_address_cannot_be_taken_over(call, waiting):
    application = confirmations.confirm(waiting, code_for(waiting))
    make_application(call, email="dora@example.org")
    confirmations.request_address(application, "dora@example.org", by=application.user)
    application.refresh_from_db()

    with pytest.raises(confirmations.AppliedAlready):
        confirmations.confirm_address(application, code_for(application), by=application.user)
    application.refresh_from_db()
    assert application.email == "clara@example.org"

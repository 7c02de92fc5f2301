"""Applying to a call: what is stored, what is refused, and that nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from circles.applying import applications, confirmations
from circles.drawing.tickets import ticket
from circles.models import Application, Call
from foundation.mail.models import OutgoingMail
from foundation.posting import human
from foundation.posting.once import FIELD
from tests.circles.factories import answers_yes, close_call, make_application, make_call

pytestmark = pytest.mark.usefixtures("open_ground")
ENGLISH = {"accept-language": "en"}
MORE_THAN_ENOUGH = "ä" * 10_000


def filled_in(call, **changes) -> dict[str, str]:
    """A complete form, filled in a minute ago."""
    answers = {f"criterion_{pk}": "yes" for pk in answers_yes(call)}
    data = {
        "name": "Clara Beispiel",
        "email": "clara.neu@example.org",
        "phone": "0521 4711",
        "motivation": "Ich fahre viel Bus.",
        "support_needs": "Kinderbetreuung",
        "participation": "on",
        "stamp": human.new_stamp(age=60),
        **answers,
        **changes,
    }
    return {name: value for name, value in data.items() if value != ""}


def send(client, call, query="", **changes):
    path = reverse("apply", args=[call.circle.slug]) + query
    return client.post(path, filled_in(call, **changes), headers=ENGLISH)


def test_the_form_makes_a_ticket_that_anybody_can_recompute(client, call):
    response = send(client, call)

    application = Application.objects.get()
    assert response["Location"] == reverse(
        "application_code", args=[applications.signed_id(application)]
    )
    assert application.state == Application.State.UNCONFIRMED
    assert re.fullmatch("[0-9a-f]{32}", application.nonce)
    assert application.ticket == ticket(call.draw_id, application.nonce, "clara.neu@example.org")
    assert application.support_needs == "Kinderbetreuung"
    assert set(application.answers.values_list("met", flat=True)) == {True}
    assert application.user is None


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("name", "Please tell us your name."),
        ("email", "Please tell us an address that you can read."),
        (
            "participation",
            "Without your confirmation the application cannot take part in the draw.",
        ),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(client, call, missing, sentence):
    response = send(client, call, **{missing: ""})

    assert response.context["form"].errors == {missing: [sentence]}
    page = response.content.decode()
    assert "One entry is still missing" in page
    assert "Kinderbetreuung" in page and "Ich fahre viel Bus." in page
    assert not Application.objects.exists()


def test_a_criterion_without_an_answer(client, call):
    name = f"criterion_{call.criteria.first().pk}"

    response = send(client, call, **{name: ""})

    assert response.context["form"].errors == {name: ["Please choose yes or no."]}


def test_a_no_is_an_answer(client, call):
    criterion = call.criteria.first()

    send(client, call, **{f"criterion_{criterion.pk}": "no"})

    assert Application.objects.get().answers.get(criterion=criterion).met is False


@pytest.mark.parametrize(
    ("field", "limit"), [("name", 200), ("motivation", 2000), ("support_needs", 1000)]
)
def test_too_long_is_said_and_kept(client, call, field, limit):
    response = send(client, call, **{field: MORE_THAN_ENOUGH})

    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert f"{limit:,}" in errors[field][0]
    assert MORE_THAN_ENOUGH in response.content.decode()


def test_half_an_address_is_no_address(client, call):
    response = send(client, call, email="clara@")

    assert response.context["form"].errors == {
        "email": ["This is not a whole address. Example: name@example.org"]
    }


def test_an_address_that_cannot_make_a_ticket(client, call):
    response = send(client, call, email="jürgen@example.org")

    assert not Application.objects.exists()
    assert "jürgen@example.org" in response.content.decode()
    assert list(response.context["form"].errors) in (["email"], ["__all__"])


def test_umlauts_foreign_scripts_and_html_are_text(client, call):
    name = "Jürgen <script>alert(1)</script> مثال"

    send(client, call, name=name)
    application = Application.objects.get()
    assert application.name == name

    confirmed = confirmations.confirm(application, code_in_mail())
    client.force_login(
        confirmed.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get(reverse("my_application", args=[application.reference])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; مثال" in page


def test_line_breaks_in_a_name_reach_no_mail_header(call):
    application = make_application(call, name="Clara\r\nBcc: alle@example.org")

    assert application.name == "Clara Bcc: alle@example.org"


def test_one_second_after_the_deadline(client, call):
    close_call(call, seconds_ago=1)

    response = send(client, call)

    assert response.status_code == 200
    assert "The deadline has passed, applications are closed." in response.content.decode()
    assert "Ich fahre viel Bus." in response.content.decode()
    assert not Application.objects.exists()


def test_the_database_refuses_a_late_row_by_itself(call):
    application = make_application(call)
    late = call.closes_at

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            call=call, reference="LATE", name="Zu spät", identity="spaet@example.org",
            nonce="0" * 32, ticket="0" * 40, submitted_at=late,
        )  # fmt: skip
    assert list(call.applications.all()) == [application]


def test_before_the_call_opens(client, call):
    Call.objects.filter(pk=call.pk).update(opens_at=call.closes_at - dt.timedelta(minutes=1))

    response = send(client, call)

    assert "The call is not open yet." in response.content.decode()


def test_a_double_click_is_one_application(client, call):
    path, data = reverse("apply", args=[call.circle.slug]), filled_in(call)
    data[FIELD] = "k" * 32

    first, second = client.post(path, data), Client().post(path, data)

    assert first["Location"] == second["Location"]
    assert Application.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_a_refused_form_can_be_sent_again(client, call):
    path = reverse("apply", args=[call.circle.slug])
    key = {FIELD: "k" * 32}

    refused = client.post(path, filled_in(call, name="") | key)
    accepted = client.post(path, filled_in(call) | key)

    assert (refused.status_code, accepted.status_code) == (200, 302)


def test_the_same_person_twice_sees_the_same_page_as_everybody(client, call):
    make_application(call, email="clara.neu@example.org")

    again = send(client, call, email="Clara.Neu@Example.org")
    other = send(Client(), call, email="neu@example.org")

    pages = []
    for response in (again, other):
        assert response.status_code == 302
        page = client.get(response["Location"], headers=ENGLISH).content.decode()
        page = re.sub(r'value="[^"]*"|/bewerbung/[^"/]+|[Cc]lara\.[Nn]eu|neu@example.org', "", page)
        pages.append(re.sub(r"\d\d:\d\d(:\d\d)?|@[Ee]xample\.org|<time.*?</time>", "", page))
    assert pages[0] == pages[1]


def test_the_same_person_twice_is_told_by_mail(client, call):
    make_application(call, email="clara.neu@example.org")

    send(client, call)

    mail = OutgoingMail.objects.filter(to="clara.neu@example.org").first()
    assert mail.kind == "application_already"
    again = Application.objects.get(state=Application.State.UNCONFIRMED)
    with pytest.raises(confirmations.AppliedAlready):
        confirmations.confirm(again, re.search(r"(?m)^ {4}(\d{6})$", mail.body)[1])
    assert Application.objects.filter(state="submitted").count() == 1


def test_a_foreign_address_does_not_block_its_owner(call):
    make_application(call, email="clara.neu@example.org", name="Fremd", confirmed=False)

    application = make_application(call, email="clara.neu@example.org", name="Clara")

    assert (application.state, application.name) == ("submitted", "Clara")
    assert call.applications.get(name="Fremd").state == "unconfirmed"


def test_a_name_is_not_spoken_to_an_unconfirmed_address(client, call):
    send(client, call, name="GEWINNEN SIE http://boese.example")

    mail = OutgoingMail.objects.get()
    assert "GEWINNEN" not in mail.subject + mail.body + mail.to_name


def test_a_filled_trap_gets_a_sentence_and_goes_through_next_time(client, call):
    refused = send(client, call, nickname="autofill")
    page = refused.content.decode()
    assert "A hidden field was filled in" in page
    assert "autofill" not in page
    assert "Ich fahre viel Bus." in page

    assert send(client, call).status_code == 302


def test_a_form_sent_at_once_gets_a_sentence_and_keeps_its_stamp(client, call):
    stamp = human.new_stamp()

    refused = send(client, call, stamp=stamp)

    assert "That was very quick." in refused.content.decode()
    assert f'value="{stamp}"' in refused.content.decode()


@pytest.mark.parametrize("stamp", ["", "1234567890", "1234567890:forged"])
def test_a_forged_stamp_is_replaced(client, call, stamp):
    refused = send(client, call, stamp=stamp)

    assert "That was very quick." in refused.content.decode()
    assert human.kept_stamp(stamp) != stamp


def test_many_forms_for_one_address_are_slowed_down(client, call):
    for _ in range(confirmations.CODES_PER_ADDRESS + 1):
        assert send(client, call).status_code == 302

    assert Application.objects.count() == confirmations.CODES_PER_ADDRESS + 1
    assert OutgoingMail.objects.count() == confirmations.CODES_PER_ADDRESS


def test_the_form_of_a_draft_is_not_there(client, otto):
    call = make_call(otto, opened=False)

    assert client.get(reverse("apply", args=[call.circle.slug])).status_code == 404


def test_paper_gets_a_reference_for_an_identity(call, otto):
    application = applications.enter_on_paper(
        call, name="Emil", phone="0521 1", answers=answers_yes(call), by=otto
    )

    assert application.state == Application.State.SUBMITTED
    assert application.identity == f"ref:{application.reference}"
    letter = OutgoingMail.objects.get(kind="application_received")
    assert (letter.to, letter.state) == ("", "held")


def test_withdrawing_and_applying_again(call):
    application = make_application(call, email="clara.neu@example.org")
    applications.withdraw(application, by=application.user)

    again = make_application(call, email="clara.neu@example.org")

    assert (application.state, again.state) == ("withdrawn", "submitted")
    assert application.ticket != again.ticket


def code_in_mail() -> str:
    body = OutgoingMail.objects.get(kind="application_code").body
    return re.search(r"(?m)^ {4}(\d{6})$", body)[1]

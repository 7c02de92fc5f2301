"""What comes by letter and telephone: the moment of arrival counts, one at a time or as a table."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from circles.applying import applications
from circles.models import Application
from foundation.look import moments
from foundation.mail.models import OutgoingMail
from tests.circles.factories import answers_yes, close_call
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("open_ground")
ENGLISH = {"accept-language": "en"}


def enter(call, otto, **fields):
    return applications.enter_on_paper(
        call, **{"name": "Emil", "phone": "0521 1", "answers": answers_yes(call), **fields}, by=otto
    )


def test_a_letter_of_the_last_day_may_be_typed_later(call, otto):
    close_call(call, seconds_ago=3600)
    came = call.closes_at - dt.timedelta(minutes=5)

    application = enter(call, otto, received_at=came, file_reference="AZ 1/2")

    assert (application.submitted_at, application.state) == (came, "submitted")


@pytest.mark.req("R120")
def test_what_came_after_the_deadline_stays_out_whoever_types_it(call, otto):
    close_call(call, seconds_ago=3600)

    for came in (None, call.closes_at, call.closes_at + dt.timedelta(minutes=1)):
        with pytest.raises(applications.CallClosed):
            enter(call, otto, received_at=came)
    with pytest.raises(applications.CallClosed, match="lies in the future"):
        enter(call, otto, received_at=timezone.now() + dt.timedelta(minutes=1))
    close_call(call, seconds_ago=3 * 86400)
    with pytest.raises(applications.CallClosed, match="Three days after the deadline"):
        enter(call, otto, received_at=call.closes_at - dt.timedelta(days=1))
    assert not Application.objects.exists()


def test_the_letter_bears_the_postal_address(call, otto):
    enter(call, otto, phone="", postal_address="Marktplatz 1\n33602 Bielefeld", way="letter")

    letter = OutgoingMail.objects.get(kind="application_received")
    assert (letter.postal_address, letter.state) == ("Marktplatz 1 33602 Bielefeld", "held")


def test_the_page_asks_for_the_file_of_what_is_typed_later(client, call, otto):
    path = reverse("application_paper", args=[call.pk])
    yesterday = moments.local(timezone.now() - dt.timedelta(minutes=5), settings.TIME_ZONE)
    call.__class__.objects.filter(pk=call.pk).update(opens_at=timezone.now() - dt.timedelta(days=9))
    answers = {f"criterion_{pk}": "yes" for pk in answers_yes(call)}
    sent = {
        "name": "Emil", "phone": "0521 1", "way": "phone", **answers,
        "received_day": f"{yesterday:%Y-%m-%d}", "received_time": f"{yesterday:%H:%M}",
    }  # fmt: skip
    office = login(client, otto)

    refused = office.post(path, sent, headers=ENGLISH).content.decode()
    half = office.post(path, sent | {"received_time": ""}, headers=ENGLISH).content.decode()
    office.post(path, sent | {"file_reference": "AZ 12/2026-7"})

    assert "What is typed later needs its file reference." in refused
    assert "Give both the day and the time of arrival, or neither." in half
    application = Application.objects.get()
    assert application.submitted_at == yesterday.replace(second=0, microsecond=0)
    assert (application.way, application.file_reference) == ("phone", "AZ 12/2026-7")


# Tables


def table(call, *lines: str, encoding: str = "cp1252") -> SimpleUploadedFile:
    head = "Name;Telefon;Anschrift;Aktenzeichen;Eingangsweg;wohnort;mindestalter"
    return SimpleUploadedFile("briefe.csv", "\r\n".join([head, *lines]).encode(encoding))


def upload(office, call, file):
    path = reverse("application_table", args=[call.pk])
    return office.post(path, {"table": file}, headers={"accept-language": "de"})


def test_a_table_of_german_excel_is_shown_row_by_row_and_stored_only_then(client, call, otto):
    office = login(client, otto)
    page = upload(
        office, call,
        table(
            call,
            "Jürgen Groß;0521 471100;;AZ 1;Telefon;ja;ja",
            "Öznur Ak;;Markt 1, 33602 Bielefeld;AZ 2;Brief;ja;vielleicht",
            ";0521 2;;AZ 3;Brief;ja;ja",
            "Emil;0521 3;;AZ 1;Brief;ja;nein",
        ),
    )  # fmt: skip

    rows = page.context["rows"]
    assert [(row.line, row.name, bool(row.mistakes)) for row in rows] == [
        (2, "Jürgen Groß", False), (3, "Öznur Ak", True), (4, "", True), (5, "Emil", True),
    ]  # fmt: skip
    assert not Application.objects.exists()

    enter_path = reverse("application_table_enter", args=[call.pk])
    office.post(enter_path, {"text": page.context["text"]})

    application = Application.objects.get()
    assert (application.name, application.way, application.file_reference) == (
        "Jürgen Groß", "phone", "AZ 1",
    )  # fmt: skip
    assert application.answers.filter(met=True).count() == 2
    assert OutgoingMail.objects.get(kind="application_received").state == "held"
    again = office.post(enter_path, {"text": page.context["text"]})
    assert again.status_code == 302
    assert Application.objects.count() == 1


def test_the_blank_table_comes_back_through_the_upload(client, call, otto):
    office = login(client, otto)
    blank = office.get(reverse("application_table_blank", args=[call.pk])).content

    filled = blank + b"Emil;;0521 1;;Brief;;;AZ 9;;;ja;ja\r\n"
    page = upload(office, call, SimpleUploadedFile("x.csv", filled))

    assert [row.mistakes for row in page.context["rows"]] == [[]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b" ", "Die Datei ist leer."),
        (b"PK\x03\x04xx", "Excel"),
        (b"Vorname;Alter\nE;3\n", "mindestens „Name“"),
        (b"Name;Telefon\n;\n", "keine Zeilen"),
        (b"Name\n" + b"E\n" * 301, "300"),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence(client, call, otto, data, sentence):
    page = upload(login(client, otto), call, SimpleUploadedFile("x.csv", data))

    assert sentence in page.content.decode()
    assert not Application.objects.exists()

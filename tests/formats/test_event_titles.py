"""Titles keep the language in which they were given; the programme is a PDF in both languages."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader

from formats.events import events, programme_sheets, programmes
from formats.models import Event, ProgrammeSheet
from foundation.documents import files
from foundation.documents.models import StoredFile
from foundation.languages import LocalizedText
from tests.conftest import login
from tests.formats.event_factories import announced, make_event
from tests.formats.factories import text

GERMAN, ENGLISH = {"accept-language": "de"}, {"accept-language": "en"}
GOVERNANCE = "Governance of Metropolitan Innovation Ecosystems"


def page_of(event: Event, headers: dict[str, str]) -> str:
    return Client().get(reverse("event", args=[event.slug]), headers=headers).content.decode()


@pytest.mark.req("R144")
def test_a_title_in_another_language_is_marked_as_such(otto):
    event = announced(otto, title=LocalizedText.of("en", GOVERNANCE), kind="conference")

    assert f'<h1><span lang="en">{GOVERNANCE}</span></h1>' in page_of(event, GERMAN)
    assert f"<h1>{GOVERNANCE}</h1>" in page_of(event, ENGLISH)
    listed = Client().get(reverse("event_list"), headers=GERMAN).content.decode()
    assert f'<span lang="en">{GOVERNANCE}</span></a>' in listed


@pytest.mark.req("R144")
def test_a_translated_title_shows_the_one_that_was_given(otto):
    title = LocalizedText.of("en", GOVERNANCE, de="Wie Metropolen Neues steuern")
    event = announced(otto, title=title)

    german = page_of(event, GERMAN)

    assert "<h1>Wie Metropolen Neues steuern</h1>" in german
    assert f'Originaltitel: <span lang="en">{GOVERNANCE}</span></span>' in german
    assert "Original title" not in page_of(event, ENGLISH)


@pytest.mark.req("R144")
def test_the_office_says_in_which_language_the_title_was_given(client, otto):
    office = login(client, otto)
    typed = {
        "kind": "conference", "title_language": "en", "title_en": GOVERNANCE, "access": "open",
        "precision": "season", "starts_day": "2030-10-01", "is_tentative": "on",
        "time_zone": "Europe/Berlin",
    }  # fmt: skip

    answer = office.post(reverse("event_create"), typed)

    event = Event.objects.get()
    assert answer["Location"] == reverse("event_programme_edit", args=[event.slug])
    assert (event.title.source, event.title.get("de")) == ("en", "")
    shown = office.get(reverse("event_edit", args=[event.slug])).context["form"]
    assert shown.initial["title_language"] == "en"


def test_a_title_is_asked_for_in_the_language_that_was_chosen(client, otto):
    typed = {"kind": "visit", "title_language": "fi", "title_de": "Besuch", "access": "open",
             "precision": "unknown", "time_zone": "Europe/Berlin"}  # fmt: skip

    page = login(client, otto).post(reverse("event_create"), typed, headers=ENGLISH)

    assert page.context["form"].errors == {
        "title_fi": ["Please write the title in the language that you chose."]
    }
    assert 'value="Besuch"' in page.content.decode()


def schedule(otto, event: Event) -> None:
    programmes.add_session(
        event, title=text("Virtuelles Kick-off-Event", "Virtual kick-off"), kind="kick_off",
        questions=text("Was heißt Offenheit?\nWas hindert uns?"), by=otto,
    )  # fmt: skip
    programmes.add_session(
        event, title=text("Innovationskultur in Unternehmen"), kind="webinar",
        when=text("bis Juni 2020", "by June 2020"), by=otto,
    )  # fmt: skip


@pytest.mark.req("R78")
def test_the_programme_is_downloaded_as_an_accessible_pdf(client, otto, do_work):
    event = make_event(otto, title="Programmablauf 2020", kind="series", mode="digital")
    schedule(otto, event)
    assert ProgrammeSheet.objects.count() == 0, "nothing is made of what nobody may read"
    events.publish(event, by=otto)
    do_work()

    page = page_of(event, GERMAN)
    for language in ("de", "en"):
        address = reverse("event_programme", args=[event.slug, language])
        assert f'href="{address}"' in page
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        root = PdfFileReader(BytesIO(answer.content)).root
        xmp = root["/Metadata"].data.decode()
        assert root["/Lang"] == language
        assert 'pdfuaid:part="1"' in xmp
        assert event.title.best(language)[0] in xmp


@pytest.mark.req("R78")
def test_a_changed_programme_is_made_anew_and_the_same_words_once(otto, do_work):
    event = announced(otto, title="Programmablauf")
    schedule(otto, event)
    do_work()
    newest = programme_sheets.current(event, "de")
    made = ProgrammeSheet.objects.count()
    programme_sheets.order(event)
    assert (newest is not None, do_work()) == (True, 0)

    programmes.reword_session(event.sessions.first(), title=text("Auftakt"), by=otto)
    assert programme_sheets.current(event, "de") is None
    do_work()

    again = programme_sheets.current(event, "de")
    assert again not in (None, newest)
    assert files.read(again.file) != files.read(newest.file)
    assert ProgrammeSheet.objects.count() == made + 2


def test_the_programme_of_what_is_in_planning_is_for_nobody(client, otto, do_work):
    event = make_event(otto)
    schedule(otto, event)
    do_work()

    assert client.get(reverse("event_programme", args=[event.slug, "de"])).status_code == 404


@pytest.mark.req("R135")
def test_a_programme_names_nobody_any_more_once_they_are_released(client, otto, do_work):
    event = announced(otto, title="Programmablauf")
    schedule(otto, event)
    do_work()
    address = reverse("event_programme", args=[event.slug, "de"])
    before = client.get(address).content
    who = {"function": text("Professorin"), "name": "Frida Fiktiv", "agreed": True, "by": otto}
    made = programmes.involve(event, "speaker", **who)
    do_work()
    named = client.get(address).content
    assert named != before

    programmes.release(made, by=otto)

    assert client.get(address).content == before
    assert sorted(event.sheets.values_list("language", flat=True)) == ["de", "en"]
    purged = StoredFile.objects.filter(sha256=hashlib.sha256(named).hexdigest())
    assert [each.purged_at is not None for each in purged] == [True]
    again = programmes.involve(event, "speaker", **who)
    assert client.get(address).status_code == 404
    assert f'href="{address}"' not in page_of(event, GERMAN)
    assert do_work() == 2, "words that come back are made anew"
    assert client.get(address).status_code == 200
    programmes.release(again, by=otto)

"""Pages that mix apps: open to all, honest when something is away, in two languages."""

import datetime as dt
import json

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from foundation.documents import verification
from foundation.effects import health, work
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.conftest import login

PUBLIC = [
    "/",
    "/pruefen/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/leichte-sprache/",
    "/hilfe/",
    "/kontakt/",
    "/konto/anmelden/",
    "/konto/passwort/vergessen/",
]


@pytest.fixture
def english():
    return Client(headers={"accept-language": "en"})


def text(page):
    return page.content.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_need_no_account_and_few_queries(
    db, client, path, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        page = client.get(path)
    assert page.status_code == 200
    assert text(page).count("<h1") == 1
    assert '<html lang="de"' in text(page)
    assert "style=" not in text(page) and "<script" not in text(page)


def test_a_page_in_english_says_so(db, english):
    assert '<html lang="en"' in text(english.get("/hilfe/"))


def test_the_language_is_switched_and_mails_follow(client, clara):
    login(client, clara)
    answer = client.post("/sprache/", {"language": "en", "next": "/hilfe/"})
    assert answer.url == "/hilfe/"
    assert '<html lang="en"' in text(client.get("/hilfe/"))
    clara.refresh_from_db()
    assert clara.language == "en"
    assert client.post("/sprache/", {"language": "en", "next": "//evil.example/"}).url == "/"
    client.post("/sprache/", {"language": "xx", "next": "/"})
    clara.refresh_from_db()
    assert clara.language == "en"
    assert client.get("/sprache/").status_code == 405


def test_health_is_consumed_work(db, client):
    sick = client.get("/gesund/")
    assert (sick.status_code, sick.json()["silent"]) == (503, ["draw", "pdf", "mail", "default"])
    health.request_heartbeats()
    for queue in Effect.Queue:
        work.drain(queue)
    well = client.get("/gesund/")
    assert (well.status_code, well.json()) == (
        200,
        {"ok": True, "database": True, "overdue": 0, "silent": [], "dead": 0},
    )


@pytest.fixture
def database_away(db):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        yield


def test_health_tells_that_the_database_is_away(database_away, client):
    page = client.get("/gesund/")
    assert (page.status_code, json.loads(page.content)) == (503, {"ok": False, "database": False})


@pytest.mark.parametrize(
    ("language", "words"), [("en", "We are back in a moment"), ("de", "Wir sind gleich wieder da")]
)
def test_a_database_outage_answers_in_the_readers_language(database_away, language, words):
    reader = Client(headers={"accept-language": language}, raise_request_exception=False)
    page = reader.get("/")
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "60", "no-store")
    assert words in text(page)
    assert f'<html lang="{language}"' in text(page)


def test_a_mistake_of_ours_is_a_500_that_says_so(db, monkeypatch):
    monkeypatch.setattr("config.pages.health.effects.health", lambda: 1 / 0)
    reader = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    page = reader.get("/gesund/")
    assert page.status_code == 500
    assert "Something went wrong on our side" in text(page)


def test_unknown_pages_and_missing_tokens_get_their_own_words(db, english):
    assert "We do not find this page" in text(english.get("/gibt-es-nicht/"))
    strict = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
    page = strict.post("/barrierefreiheit/", {"problem": "x"})
    assert (page.status_code, "The page was open for too long" in text(page)) == (403, True)


def test_robots_stay_out_of_what_belongs_to_somebody(db, client):
    lines = text(client.get("/robots.txt")).splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /konto/", "Disallow: /schreibtisch/", "Disallow: /postausgang/"} <= set(
        lines
    )


def test_a_barrier_is_reported_with_a_receipt_that_quotes_nothing(db, english, do_work, inbox):
    report = {"problem": "Buy pills at", "page": "/hilfe/\nBcc: x", "email": "Clara@example.org"}
    thanks = english.post("/barrierefreiheit/", {**report, "idempotency_key": "k"})
    assert english.post("/barrierefreiheit/", {**report, "idempotency_key": "k"}).url == thanks.url
    do_work()
    office, receipt = inbox
    assert [mail.to[0].endswith("<digitalisierungsbuero@example.org>") for mail in inbox] == [1, 0]
    assert "Buy pills at" in office.body and "/hilfe/ Bcc: x" in office.body
    number = thanks.url.split("/")[-2]
    assert (receipt.to, number in receipt.subject) == (["clara@example.org"], True)
    assert "pills" not in receipt.body
    assert number in text(english.get(thanks.url))


def test_receipts_do_not_flood_an_address(db, english):
    for n in range(4):
        report = {"problem": f"{n}", "email": "clara@example.org", "idempotency_key": f"k{n}"}
        page = english.post("/barrierefreiheit/", report)
    assert "tried too often" in text(page)
    assert OutgoingMail.objects.filter(kind="barrier_receipt").count() == 3


def test_an_empty_report_is_refused_in_words(db, english):
    page = text(english.post("/barrierefreiheit/", {"problem": "", "page": "/hilfe/"}))
    assert "Please describe the barrier" in page
    assert 'value="/hilfe/"' in page


def test_an_upload_that_is_no_pdf_is_told_so(db, english):
    upload = SimpleUploadedFile("x.pdf", b"no pdf at all")
    page = text(english.post("/pruefen/", {"document": upload}))
    assert "This file is not a PDF document." in page


def test_an_upload_that_is_too_large_is_refused_before_it_is_read(db, english, monkeypatch):
    monkeypatch.setattr(verification, "MAX_BYTES", 1000)
    upload = SimpleUploadedFile("x.pdf", b"%PDF-" + b"x" * 100_000)
    page = english.post("/pruefen/", {"document": upload})
    assert (page.status_code, "The file is too large" in text(page)) == (413, True)


def test_a_number_is_looked_up(db, english):
    assert english.get("/pruefen/?number=AB 12/2026").url == "/pruefen/AB12/2026/"
    page = english.get("/pruefen/AB12/2026/")
    assert (page.status_code, "Nothing was issued under this number" in text(page)) == (404, True)


def test_people_without_a_role_have_a_page_of_their_own(client, clara):
    login(client, clara)
    assert client.get("/schreibtisch/").url == "/mein/"


def test_the_navigation_shows_only_what_applies(english, dora, otto, anton):
    names = {"/schreibtisch/": [], "/postausgang/": [], "/verwaltung/rollen/": []}
    for person in (None, dora, otto, anton):
        reader = Client(headers={"accept-language": "en"})
        if person:
            login(reader, person)
        page = text(reader.get("/hilfe/"))
        for url, seen_by in names.items():
            if f'href="{url}"' in page:
                seen_by.append(person.name)
    assert names == {
        "/schreibtisch/": ["Dora", "Otto", "Anton"],
        "/postausgang/": ["Otto"],
        "/verwaltung/rollen/": ["Anton"],
    }


def test_pages_of_somebody_are_not_kept_by_caches(client, otto):
    login(client, otto)
    for path in ["/schreibtisch/", "/postausgang/", "/konto/"]:
        assert "no-store" in client.get(path)["Cache-Control"]


def test_english_dates_are_european():
    with translation.override("en"):
        assert date_format(dt.date(2022, 6, 1), "DATE_FORMAT") == "1 June 2022"


def test_administrators_read_names_in_their_language():
    with translation.override("de"):
        read = {
            (str(model._meta.app_config.verbose_name), str(model._meta.verbose_name_plural))
            for model in admin.site._registry
        }
    assert read == {
        ("Gremien und Formate", "Gremien"),
        ("Gremien und Formate", "Mitgliedschaften"),
        ("Gremien und Formate", "Aktionsfelder"),
        ("Innovationszirkel", "Innovationszirkel"),
    }


def test_help_leads_those_who_work_here_to_desk_and_handbook(client, otto, clara):
    words = "docs/handbook"
    assert words not in client.get("/hilfe/").content.decode()
    assert words not in login(client, clara).get("/hilfe/").content.decode()
    page = login(client, otto).get("/hilfe/").content.decode()
    assert (words in page, 'id="arbeit"' in page) == (True, True)

"""How settings read the environment, and what production must say in public."""

import pytest
from celery.schedules import crontab
from django.conf import settings as portal
from django.core.checks import run_checks
from django.urls import reverse

from config.checks import DEMANDED, public_pages_are_complete
from config.settings import mail_port, optional


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "")
    assert optional("LOG_LEVEL", "INFO") == "INFO"
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    assert optional("LOG_LEVEL", "INFO") == "DEBUG"


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.example.org", 25),
        ("smtps://mail.example.org", 465),
        ("smtp://mail.example.org:587?starttls=1", 587),
        ("smtps://mail.example.org:10465", 10465),
    ],
)
def test_mail_servers_listen_where_they_usually_do(url, port):
    assert mail_port(url) == port


def test_what_runs_seldom_runs_at_an_hour_however_often_beat_restarts():
    seldom = {"verify-trail", "clear-sessions", "renew-stamps", "seal-expiry"}
    timed = {
        name
        for name, entry in portal.CELERY_BEAT_SCHEDULE.items()
        if isinstance(entry["schedule"], crontab)
    }
    assert timed == seldom
    others = set(portal.CELERY_BEAT_SCHEDULE) - timed
    assert max(portal.CELERY_BEAT_SCHEDULE[name]["schedule"] for name in others) <= 3600


def test_production_does_not_start_with_an_empty_imprint(settings):
    assert public_pages_are_complete(None) == []  # trials have invented examples
    settings.PORTAL_MODE = "production"
    assert public_pages_are_complete(None) == []
    for name in DEMANDED:
        setattr(settings, name, "")
    faults = [fault for fault in run_checks() if fault.id == "config.E001"]
    assert [fault.msg.split()[0] for fault in faults] == list(DEMANDED)


def test_imprint_and_declaration_say_what_was_set(client, db, settings):
    said = {name: f"Angabe {name}" for name in DEMANDED}
    said["IMPRINT_SUPERVISION"] = "Bezirksregierung Musterland"
    said["ACCESSIBILITY_TESTED"] = "12. März 2027 durch Prüfstelle Muster"
    for name, words in said.items():
        setattr(settings, name, words)
    pages = "".join(
        client.get(reverse(name)).content.decode() for name in ("imprint", "accessibility")
    )
    assert [words for words in said.values() if words not in pages] == []

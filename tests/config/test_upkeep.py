"""What runs by the clock or from the console: the trail is checked, sessions go, one begins."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from config import celery_app, tasks
from foundation.accounts import mandates
from foundation.accounts.forms import NewPasswordForm
from foundation.accounts.models import Mandate, Role
from foundation.audit import trail
from foundation.audit.models import Entry
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.conftest import login


def break_the_trail():
    trail.seal_trail()
    with connection.cursor() as cursor:  # what only the tables' owner can do
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only")
        cursor.execute(
            "UPDATE audit_entry SET verb = 'x' WHERE id = (SELECT min(id) FROM audit_entry)"
        )
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only")


def test_a_whole_trail_is_said_to_be_whole(otto, do_work, capsys):
    trail.seal_trail()
    tasks.verify_trail()
    do_work()
    assert Effect.objects.get(kind="trail.verify").state == "done"
    call_command("verify_trail")
    number, head = trail.head_of_trail()
    assert capsys.readouterr().out == f"The trail is whole: {number} links, head {head}\n"


def test_a_broken_trail_lies_on_the_desk(anton, do_work):
    break_the_trail()
    for _n in range(2):
        tasks.verify_trail()
    do_work()
    effect = Effect.objects.get(kind="trail.verify")
    assert (effect.state, effect.last_error) == ("dead", "TrailBroken link 1")
    client = login(Client(headers={"accept-language": "en"}), anton)
    assert "TrailBroken link 1" in client.get("/schreibtisch/").content.decode()
    with pytest.raises(CommandError, match="broken from link 1"):
        call_command("verify_trail")


def test_sessions_that_are_over_are_cleared_away(client, db):
    client.get("/konto/anmelden/")
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(days=1))
    tasks.clear_sessions()
    assert not Session.objects.exists()


def test_everything_that_the_clock_rings_for_exists():
    celery_app.loader.import_default_modules()
    rung = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert rung - set(celery_app.tasks) == set()


def test_the_first_administrator_is_named_once(db, do_work, inbox, capsys):
    call_command("first_administrator", "Ana@Example.org")  # mistyped
    call_command("first_administrator", "anna@example.org", name="Anna")
    assert "anna@example.org is administrator once" in capsys.readouterr().out
    held = Mandate.objects.in_force().filter(role=Role.ADMINISTRATOR)
    assert [mandate.user.email for mandate in held] == ["anna@example.org"]
    do_work()
    assert [mail.to for mail in inbox] == [["ana@example.org"], ["Anna <anna@example.org>"]]
    assert f"{settings.PUBLIC_URL}/konto/anmelden/" in inbox[1].body
    assert not mandates.holds(held[0].user, Role.ADMINISTRATOR)  # until the factor is there


def test_nobody_is_named_from_the_console_once_somebody_administers(anton):
    before = OutgoingMail.objects.count()
    with pytest.raises(CommandError, match="There is an administrator already"):
        call_command("first_administrator", "nora@example.org")
    with pytest.raises(CommandError, match="There is an administrator already"):
        call_command("first_administrator", anton.email)
    assert OutgoingMail.objects.count() == before


def test_a_message_needs_no_cookie_of_its_own(clara):
    client = login(Client(), clara)
    client.post("/konto/", {"name": "Clara", "language": "de"})
    assert set(client.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


def test_a_password_set_by_a_link_stands_in_the_trail(clara):
    words = "eine ganz neue Wendung"
    form = NewPasswordForm({"password1": words, "password2": words}, user=clara)
    assert form.is_valid()
    form.save()
    assert Entry.objects.filter(verb="password.changed", actor_id=clara.pk).count() == 1


def test_a_closed_door_leads_out_not_in_circles(clara):
    page = login(Client(headers={"accept-language": "en"}), clara).get("/postausgang/")
    assert 'href="/konto/abmelden/"' in page.content.decode()

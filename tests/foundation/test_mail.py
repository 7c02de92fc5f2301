"""The outbox: what is queued leaves once, what is held waits, what is secret stays secret."""

import re
import threading

import pytest
from django.conf import settings
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction

from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail
from foundation.mail.tasks import forget


def queue(key="k", **options):
    return outbox.queue(
        "account_notice",
        key=key,
        to=options.pop("to", "clara@example.org"),
        to_name="Clara",
        language="en",
        subject=options.pop("about", None),
        context={"happened": "password-changed", "link": ""},
        **options,
    )


def deliver_again():
    Effect.objects.update(due_at="2020-01-01T00:00Z")
    return work.drain("mail")


def test_a_queued_mail_leaves_by_the_worker_with_its_key_as_message_id(db, do_work, inbox):
    mail = queue()
    assert (mail.state, len(inbox)) == ("queued", 0)
    do_work()
    mail.refresh_from_db()
    assert mail.state == "sent"
    (sent,) = inbox
    assert sent.to == ["Clara <clara@example.org>"]
    assert sent.extra_headers["Message-ID"] == "<k@example.org>"
    assert sent.extra_headers["Content-Language"] == "en"
    assert sent.subject == mail.subject


def test_the_same_key_never_makes_a_second_mail(db, do_work, inbox):
    assert queue().pk == queue().pk
    do_work()
    assert len(inbox) == 1


def test_a_mail_on_hold_waits_and_is_let_go(db, otto, do_work, inbox):
    mail = queue(hold=True)
    do_work()
    assert inbox == []
    outbox.release(mail, by=otto)
    do_work()
    assert len(inbox) == 1


def test_held_after_the_worker_looked_it_still_leaves_when_let_go_again(db, otto, do_work, inbox):
    mail = queue()
    outbox.hold(mail, by=otto)
    do_work()  # the first piece of work finds a mail on hold and is done with it
    assert inbox == []
    outbox.release(mail, by=otto)
    do_work()
    assert len(inbox) == 1
    assert OutgoingMail.objects.get().state == "sent"


def test_only_a_mail_on_hold_can_be_changed(db, otto, do_work, inbox):
    mail = queue()
    with pytest.raises(outbox.AlreadySent):
        outbox.rewrite(mail, subject="New", body="New words", by=otto)
    outbox.hold(mail, by=otto)
    outbox.rewrite(mail, subject="New", body="New words", by=otto)
    outbox.release(mail, by=otto)
    do_work()
    assert (inbox[0].subject, inbox[0].body) == ("New", "New words")


def test_a_mail_that_has_left_is_neither_held_nor_cancelled(db, otto, do_work):
    mail = queue()
    do_work()
    mail.refresh_from_db()
    with pytest.raises(outbox.AlreadySent):
        outbox.hold(mail, by=otto)
    with pytest.raises(outbox.states.UndeclaredMove):
        outbox.cancel(mail, by=otto)


def test_a_mail_without_address_waits_for_the_printer(db, otto):
    mail = queue(to="")
    assert mail.state == "held"
    with pytest.raises(outbox.DomainError, match="Print it"):
        outbox.release(mail, by=otto)
    outbox.note_printed(mail, by=otto)
    mail.refresh_from_db()
    assert mail.printed_at


def test_the_words_of_a_secret_mail_are_gone_once_it_left(db, otto, do_work, inbox):
    mail = queue(secret=True)
    with pytest.raises(outbox.NotForStaff):
        outbox.rewrite(mail, subject="x", body="x", by=otto)
    body = mail.body
    do_work()
    mail.refresh_from_db()
    assert (mail.state, mail.subject, mail.body, inbox[0].body) == ("sent", "", "", body)


def test_a_secret_mail_is_never_held(db, otto):
    """Held, it would lie there with its code, and a letter twin could be printed."""
    mail = queue(secret=True)
    with pytest.raises(outbox.NotForStaff):
        outbox.hold(mail, by=otto)
    with pytest.raises(IntegrityError, match="cannot be held"), transaction.atomic():
        outbox.states.advance(mail, OutgoingMail.State.HELD, by=otto)
    for wrong in ({"hold": True}, {"to": ""}):
        with pytest.raises(ValueError, match="nobody may keep it"):
            queue("other", secret=True, **wrong)


def test_holding_twice_says_what_is_so(db, otto):
    mail = queue()
    outbox.hold(mail, by=otto)
    with pytest.raises(outbox.AlreadyHeld, match="on hold already"):
        outbox.hold(mail, by=otto)
    outbox.cancel(mail, by=otto)
    with pytest.raises(outbox.AlreadyHeld, match="thrown away"):
        outbox.hold(mail, by=otto)


@pytest.mark.parametrize("kind", ["account_code", "application_code", "application_address"])
def test_codes_stand_in_no_subject(kind):
    template = (settings.BASE_DIR / "templates" / "mail" / f"{kind}.txt").read_text()
    subject = re.search(r"{% block subject %}(.*?){% endblock %}", template, re.S)[1]
    assert ("code }}" in template, "code }}" in subject) == (True, False)


def test_old_mails_are_forgotten_whatever_became_of_them(db, otto, do_work):
    queue("left")
    young = queue("young")
    do_work()
    outbox.note_printed(queue("letter", to="", postal_address="Weg 1"), by=otto)
    queue("held", hold=True)
    dead = queue("dead")
    queue("later")
    outbox.deliveries_of([dead]).update(state="dead")
    OutgoingMail.objects.exclude(pk=young.pk).update(created_at="2020-01-01T00:00Z")
    forget()
    said = {
        mail.key: (mail.state, bool(mail.body or mail.to or mail.to_name or mail.postal_address))
        for mail in OutgoingMail.objects.all()
    }
    assert said == {
        "left": ("sent", False),
        "young": ("sent", True),
        "letter": ("cancelled", False),
        "held": ("cancelled", False),
        "dead": ("cancelled", False),
        "later": ("queued", True),
    }


def test_a_mail_server_that_is_away_keeps_the_mail_for_later(db, monkeypatch, inbox):
    mail = queue()

    def refuse(self, messages):
        raise ConnectionRefusedError

    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", refuse)
        with pytest.raises(ConnectionRefusedError):
            work.drain("mail")
    mail.refresh_from_db()
    assert (mail.state, inbox) == ("queued", [])
    assert outbox.deliveries_of([mail]).get().last_error == "ConnectionRefusedError"
    assert deliver_again() == 1
    assert len(inbox) == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_holds_back_a_mail_that_is_just_leaving(otto, monkeypatch, inbox):
    mail = queue()
    leaving, outcome = threading.Event(), []
    send = EmailBackend.send_messages

    def hold_meanwhile():
        leaving.wait(10)
        try:
            outbox.hold(OutgoingMail.objects.get(pk=mail.pk), by=otto)
            outcome.append("held")
        except outbox.DomainError as error:
            outcome.append(error.code)
        finally:
            connection.close()

    def slow(self, messages):
        leaving.set()
        other.join(0.3)  # the other one waits for our lock
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    other = threading.Thread(target=hold_meanwhile)
    other.start()
    work.drain("mail")
    other.join(10)
    mail.refresh_from_db()
    assert (mail.state, len(inbox), outcome) == ("sent", 1, ["somebody-was-faster"])


def test_a_mail_vanishes_with_its_cause(db, do_work, inbox):
    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError
    do_work()
    assert (OutgoingMail.objects.count(), inbox) == (0, [])

"""An open call reaches each subscriber once, in their language; a killed worker changes nothing."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from circles.calling import announcements, calls, withdrawals
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from foundation.subscriptions import announcing, asking, keeping, links
from foundation.subscriptions.models import Subscriber
from foundation.subscriptions.wishes import Wish
from tests.circles.factories import make_call
from tests.config.test_subscriptions import subscribed
from tests.worker import locked, until, waits_for

CALLS = Wish("calls")


def announced():
    return OutgoingMail.objects.filter(kind="announcement_call")


@pytest.mark.req("R100")
def test_an_opened_call_is_announced_once_to_each_in_their_language(db, otto, do_work, inbox):
    ada = subscribed(CALLS)
    subscribed(CALLS, Wish("news"), email="bo@example.org", language="de")
    subscribed(Wish("sessions"), email="cy@example.org")
    asking.ask("dee@example.org", [CALLS], named=["x"], language="de")
    do_work()
    inbox.clear()

    call = make_call(otto, opened=False)
    do_work()
    assert inbox == []
    calls.open_call(call, by=otto)
    do_work()
    announcements.spread(call.pk, 0)
    do_work()

    assert sorted(mail.to[0] for mail in inbox) == ["ada@example.org", "bo@example.org"]
    english, german = inbox
    assert english.subject == "New call: take part in “Abends gut nach Hause”"
    assert "question in English" in english.body
    assert "question auf Deutsch" in german.body
    closes = call.closes_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert f"{closes:%d.%m.%Y %H:%M}" in english.body
    url = links.unsubscribe_url(ada)
    assert english.extra_headers["List-Unsubscribe"] == f"<{url}>"
    assert english.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"{settings.PUBLIC_URL}/benachrichtigungen/meine/{links.token_of(ada)}/" in english.body
    left = announced().values_list("to", "body", "unsubscribe_url")
    assert set(left) == {("", "", "")}, "who it was is gone once the mail has left"


def test_a_call_that_opens_later_is_announced_then(db, otto, do_work):
    subscribed(CALLS)
    call = make_call(otto, opened=False)
    later = timezone.now() + dt.timedelta(days=2)
    calls.edit_call(call, by=otto, opens_at=later)
    calls.open_call(call, by=otto)
    do_work()
    assert not announced().exists()
    effect = Effect.objects.get(kind=announcements.EFFECT)
    assert effect.due_at == later
    Effect.objects.filter(pk=effect.pk).update(due_at=timezone.now())
    do_work()
    assert announced().count() == 1


def test_a_call_withdrawn_before_the_mails_left_is_not_announced(db, otto, do_work):
    subscribed(CALLS)
    call = make_call(otto)
    withdrawals.withdraw_call(call, by=otto)
    do_work()
    assert not announced().exists()


def test_many_subscribers_are_written_to_in_batches(db, otto, do_work, monkeypatch):
    monkeypatch.setattr(announcing, "BATCH", 2)
    for number in range(5):
        subscribed(CALLS, email=f"p{number}@example.org")
    make_call(otto)
    do_work()
    effects = Effect.objects.filter(kind=announcements.EFFECT)
    assert (effects.count(), announced().count()) == (3, 5)
    assert set(effects.values_list("state", flat=True)) == {"done"}


def test_who_ended_it_before_the_mail_left_gets_none(db, otto, do_work, inbox):
    ada = subscribed(CALLS)
    do_work()
    inbox.clear()
    make_call(otto)
    for effect in Effect.objects.filter(kind=announcements.EFFECT):
        announcements.spread(**effect.arguments)
    assert announced().get().state == "queued"
    keeping.end(ada.handle)
    do_work()
    assert inbox == []
    assert (announced().get().state, announced().get().to) == ("cancelled", "")


@pytest.mark.req("R100")
@pytest.mark.django_db(transaction=True)
def test_killed_while_announcing_each_subscriber_still_gets_one_mail(otto, worker):
    for number in range(3):
        subscribed(CALLS, email=f"p{number}@example.org")
    work.drain("mail")
    with locked("mail_outgoingmail"):  # opening a call writes no mail, announcing it does
        make_call(otto)
        worker.start()
        until(lambda: waits_for("mail_outgoingmail"), "the worker announcing")
        worker.kill()
    assert announced().count() == 0
    assert Effect.objects.get(kind=announcements.EFFECT).state != "done"

    worker.start()
    effect = Effect.objects.filter(kind=announcements.EFFECT)
    until(lambda: effect.get().state == "done", "the announcement of the second worker")
    keys = set(announced().values_list("key", flat=True))
    assert (effect.get().attempts, announced().count(), len(keys)) == (2, 3, 3)
    written = announced().values_list("subject_id", flat=True)
    assert set(map(int, written)) == set(Subscriber.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_ending_it_in_the_middle_of_an_announcement_leaves_nothing_behind(otto):
    ada = subscribed(CALLS)
    call = make_call(otto)

    def end() -> None:
        keeping.end(ada.handle)
        connection.close()

    leaver = threading.Thread(target=end)
    with transaction.atomic():
        announcements.spread(call.pk, 0)
        leaver.start()
        until(somebody_waits_for_a_row, "the one who leaves")
    leaver.join()
    assert Subscriber.objects.count() == 0
    assert set(OutgoingMail.objects.values_list("state", "to", "body")) == {("cancelled", "", "")}


def somebody_waits_for_a_row() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
            " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0] > 0

"""Pending work: asked for twice it is done once, killed it starts again, hopeless it is shown."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from foundation.effects import health, work
from foundation.effects.models import Effect
from tests.together import at_once
from tests.worker import until

DONE = []


@work.handles("test.note")
def note(word):
    DONE.append(word)


@work.handles("test.fail")
def fail(word):
    raise RuntimeError(word)


@work.handles("test.hopeless")
def hopeless(word):
    raise work.GiveUp


@pytest.fixture(autouse=True)
def _fresh():
    DONE.clear()


def _age(**by):
    Effect.objects.update(due_at=timezone.now() - dt.timedelta(**by))


def test_asking_twice_makes_one_effect(db):
    work.request("test.note", "a", word="once")
    work.request("test.note", "a", word="twice")
    assert work.drain("default") == 1
    assert DONE == ["once"]
    assert Effect.objects.get().state == "done"


def test_work_vanishes_with_its_cause(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        work.request("test.note", "a", word="never")
        raise RuntimeError
    assert work.drain("default") == 0


def test_failed_work_waits_and_is_tried_again(db):
    work.request("test.fail", "a", word="secret")
    with pytest.raises(RuntimeError):
        work.drain("default")
    effect = Effect.objects.get()
    assert (effect.state, effect.attempts, effect.last_error) == ("running", 1, "RuntimeError")
    assert work.drain("default") == 0
    _age(seconds=1)
    with pytest.raises(RuntimeError):
        work.drain("default")
    assert Effect.objects.get().attempts == 2


def test_work_without_attempts_left_becomes_a_dead_letter_and_can_be_revived(db):
    work.request("test.fail", "a", word="x", max_attempts=1)
    with pytest.raises(RuntimeError):
        work.drain("default")
    _age(seconds=1)
    assert work.drain("default") == 0
    effect = Effect.objects.get()
    assert effect.state == "dead"
    work.revive(effect)
    assert Effect.objects.get().state == "due"


def test_hopeless_work_ends_at_once(db):
    work.request("test.hopeless", "a", word="x")
    work.drain("default")
    assert Effect.objects.get().state == "dead"


def test_a_killed_worker_leaves_work_that_somebody_else_takes(db):
    work.request("test.note", "a", word="again")
    assert work._claim("default") is not None  # counted and committed, then the worker dies
    assert work.drain("default") == 0
    _age(seconds=1)
    assert work.drain("default") == 1
    assert (DONE, Effect.objects.get().attempts) == (["again"], 2)


@pytest.mark.django_db(transaction=True)
def test_another_worker_that_looks_at_a_row_just_claimed_puts_nothing_off():
    """PostgreSQL locks a changed row first and sees then that it is not due any more."""
    work.request("test.note", "a", word="now")
    claimed = work._claim("default")
    with connection.copy().cursor() as other:
        other.execute("BEGIN")
        other.execute("SELECT FROM effects_effect FOR UPDATE")

        def let_go() -> None:
            until(_somebody_waits, "the one who has claimed it waiting")
            other.execute("ROLLBACK")

        at_once(lambda: work._run(claimed), let_go)
        other.connection.close()
    assert (DONE, Effect.objects.get().state) == (["now"], "done")


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def test_future_work_waits(db):
    work.request("test.note", "a", due_at=timezone.now() + dt.timedelta(hours=1), word="later")
    assert work.drain("default") == 0


def test_health_means_consumed_work(db, client):
    assert health.health().silent == ("draw", "pdf", "mail", "default")
    health.request_heartbeats()
    for queue in Effect.Queue:
        work.drain(queue)
    assert health.health().ok
    work.request("test.note", "a", word="waits")
    _age(seconds=50)
    assert health.health().overdue == 1


def test_slow_work_is_shared_out_among_tasks(db):
    """The worker's time limit is meant for one effect; a hundred slow ones take several tasks."""
    for n in range(3):
        work.request("effects.heartbeat", f"slow-{n}")
    assert work.drain("default", patience=0.0) == 1
    assert work.drain("default") == 2

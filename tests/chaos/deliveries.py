"""R9: every task delivered five times, at once and late, leaves what one delivery leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from celery import current_app
from django.db import connection
from django.db.models import Max

from circles.drawing import draws
from foundation.effects import work
from foundation.effects.models import Effect
from tests.chaos.ground import Ground, in_threads
from tests.chaos.post import mail_server
from tests.chaos.rows import Row
from tests.circles.conftest import proof_of

TIMES = 5
# What is there, without times and counters of tries. A row made anew has a new number: what is
# told by such numbers counts by its place among its kind.
NUMBERLESS = r"regexp_replace(key, '\d+', '#', 'g')"
AMONG_ITS_KIND = (
    "dense_rank() OVER (PARTITION BY subject_type ORDER BY length(subject_id), subject_id)"
)
WHAT = {
    "effects_effect": f"kind || ' ' || {NUMBERLESS} || ' ' || state",
    "mail_outgoingmail": f"kind || ' ' || {NUMBERLESS} || ' ' || \"to\" || ' ' || state",
    "circles_drawresult": "result_sha256",
    "circles_place": "number || ticket",
    "circles_offer": "place || ' ' || state",
    "circles_drawevent": "n || kind || ticket",
    "circles_call": "draw_id || state",
    "circles_seat": "circle_id || ' ' || number || state || ticket",
    "circles_application": "reference || state",
    "documents_release": "number || kind || stage",
    "audit_entry": f"verb || ' ' || subject_type || ' ' || {AMONG_ITS_KIND}",
}


def every_task_five_times(ground: Ground, trials: int) -> Iterator[Row]:
    """Once in turn; then each five times together, and once more when all is done."""
    ground.silence()
    tasks = _tasks()
    problems: list[str] = []
    with mail_server(ground):
        once = _after(ground, lambda: _in_turn(tasks))
        for number in ground.turns(trials):
            again = _after(ground, lambda: _together(tasks))
            different = [table for table in WHAT if once[table] != again[table]]
            problems += [f"trial {number}: {table} differs" for table in different]
    ground.restore(ground.tables)
    yield Row(
        f"each of {len(tasks)} tasks five times", ground.done, problems, "0 differences",
        note=" ".join(sorted(tasks)),
    )  # fmt: skip


def _tasks() -> dict[str, Callable[[], object]]:
    """Every task of ours; the one that takes an argument once for each queue."""
    found: dict[str, Callable[[], object]] = {}
    for name, task in current_app.tasks.items():
        if name == "effects.drain":
            for queue in Effect.Queue:
                found[f"{name} {queue}"] = lambda queue=queue: work.drain(str(queue))
        elif not name.startswith("celery."):
            found[name] = task.run
    return found


def _after(ground: Ground, deliver: Callable[[], None]) -> dict[str, str]:
    """The state of the tables after this way of delivering."""
    ground.restore(ground.tables)
    officer = ground.officers[0]
    draws.request_draw(ground.draw, by=officer, proof=proof_of(officer))
    receipts = Effect.objects.filter(queue="pdf").order_by("pk").values_list("pk", flat=True)
    Effect.objects.filter(queue="pdf").exclude(pk__in=list(receipts[:2])).delete()
    deliver()
    _keep_one_beat_of_each_queue()
    return {table: _digest(table, what) for table, what in WHAT.items()}


def _keep_one_beat_of_each_queue() -> None:
    """A heartbeat comes every fifteen seconds: how many there are says only how long it took."""
    beats = Effect.objects.filter(kind="effects.heartbeat")
    done = beats.filter(state=Effect.State.DONE).order_by().values("queue")
    beats.exclude(pk__in=done.annotate(last=Max("pk")).values("last")).delete()


def _in_turn(tasks: dict[str, Callable[[], object]]) -> None:
    for _ in range(3):
        for task in tasks.values():
            task()


def _together(tasks: dict[str, Callable[[], object]]) -> None:
    for _ in range(3):  # the third time everything comes too late
        for task in tasks.values():
            faults = in_threads([task] * TIMES)
            if faults:
                raise AssertionError(f"a task failed: {faults}")


def _digest(table: str, what: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {what} AS what FROM {table} ORDER BY 1")
        rows = [str(row) for (row,) in cursor.fetchall()]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()

"""A real Celery worker with its clock on the test's database, to be killed in the middle of work.

The test holds a table lock that the work needs, so that the blow falls inside its transaction.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from launch.home import ROOT

PATIENCE = 60


def until(condition: Callable[[], object], what: str) -> object:
    """Poll until `condition()` is true and return its value; fail after a minute."""
    pause = threading.Event()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if value := condition():
            return value
        pause.wait(0.02)
    raise AssertionError(f"{what} did not happen")


class RealWorker:
    """One worker process with beat inside; `number` is a Redis database of its own."""

    def __init__(self, place: Path, number: int) -> None:
        self.place = place
        self.number = number
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "config.celery:app"]
        queues = ["-Q", "draw,pdf,mail,default", "--concurrency", "1"]
        alone = ["--without-gossip", "--without-mingle"]  # it has no neighbours to wait for
        beat = ["-B", "-s", str(self.place / "schedule")]
        with (self.place / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*celery, "worker", *queues, *alone, *beat],
                cwd=ROOT,
                env=environment_of(self.number),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End the worker, its pool and its clock without asking them."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def leave(self) -> None:
        """Kill it and wait for its last transactions, so that none is seen by the next test."""
        self.kill()
        end_other_sessions()


def end_other_sessions() -> None:
    """End what killed processes left open on this database, and wait until it is gone."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")

        def gone() -> bool:
            cursor.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {others}")
            return cursor.fetchone()[0] == 0

        until(gone, "the end of the other sessions")


def environment_of(number: int) -> dict[str, str]:
    """What a process of its own needs to stand on this test's database and Redis `number`."""
    database = urlsplit(os.environ["DATABASE_URL"])
    redis = os.environ["REDIS_URL"]
    own = f"{redis.partition('?')[0]}?db={number}"
    if not redis.startswith("unix:"):
        own = urlunsplit(urlsplit(redis)._replace(path=f"/{number}"))
    name = connection.settings_dict["NAME"]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": urlunsplit(database._replace(path=f"/{name}")),
        "REDIS_URL": own,
        "FILES_DIR": str(settings.FILES_DIR),
    }


@contextmanager
def locked(table: str) -> Iterator[None]:
    """Hold `table` by a connection of its own: who wants to write or read it waits."""
    with connection.copy().cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(f'LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE')
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
            cursor.connection.close()


def waits_for(table: str) -> bool:
    """Whether some transaction is stuck at `table` now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted", [table]
        )
        return cursor.fetchone()[0] > 0

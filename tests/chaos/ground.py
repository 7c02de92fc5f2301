"""What is hurt: engines of our own, a migrated database, a draw that everything is ready for.

After each trial the rows are put back as they were, past all triggers, which takes milliseconds.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models.functions import Now
from django.utils import timezone
from redis import client

from circles.drawing import declarations, draws, freezing, records, values
from circles.models import Call, Draw
from foundation.accounts.models import Role, User
from foundation.documents.authority import ensure_test_authority
from foundation.effects import bell
from foundation.effects.models import Effect
from launch import process
from launch.engines import postgres, redis
from launch.home import Home
from tests.circles.conftest import ROOM, dice, proof_of
from tests.circles.factories import close_call, make_application, make_call, qualify
from tests.conftest import make_user

PEOPLE = 40
SEATS = 5
PATIENCE = 60.0
LOG_END = 4000  # characters of each log that are told when something went wrong
OTHERS = "datname = current_database() AND pid <> pg_backend_pid()"


def until(condition: Callable[[], object], what: str, patience: float = PATIENCE) -> float:
    """Wait for `condition()`; returns the seconds it took, fails after `patience`."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > patience:
            raise AssertionError(f"{what} did not happen within {patience:.0f} s")
        time.sleep(0.01)
    return time.monotonic() - began


class Ground:
    """The engines and the draw, for the length of a `with` block."""

    def __init__(self, place: Path) -> None:
        self.home = Home(place, Path(os.environ["PORTAL_VENV"]))
        self.is_asked, self.done = False, 0
        self.database: subprocess.Popen[bytes]
        self.redis: subprocess.Popen[bytes]

    def __enter__(self) -> Ground:
        self.start_database()
        self.start_redis()
        self.silence()
        call_command("migrate", interactive=False, verbosity=0)
        ensure_test_authority()
        self._prepare()
        self._keep()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if fault is not None:
            for log in sorted(self.home.folder("log").glob("*.log")):
                sys.stderr.write(f"--- {log.name}\n{log.read_text(errors='replace')[-LOG_END:]}\n")
        connection.close()
        process.stop(self.redis, signal.SIGKILL, 5)
        process.stop(self.database, postgres.STOP_SIGNAL, 20)

    def turns(self, trials: int) -> Iterator[int]:
        """Count to `trials`; asked to end (SIGTERM), the experiment ends with what it has done."""
        signal.signal(signal.SIGTERM, lambda *_of_signal: setattr(self, "is_asked", True))
        self.done = 0
        for number in range(trials):
            if self.is_asked:
                return
            self.done = number + 1
            yield number

    def start_database(self) -> None:
        sockets = self.home.socket_folder()
        self.database, _url = postgres.start(self.home, sockets, careless=False)

    def start_redis(self) -> None:
        self.redis, _url = redis.start(self.home, self.home.socket_folder(), careless=False)

    def flush_redis(self) -> None:
        with client.Redis(unix_socket_path=str(self.home.socket_folder() / "redis.sock")) as line:
            line.flushall()

    def silence(self, *, on: bool = True) -> None:
        """Ring no bell: the experiment itself is the worker."""
        bell._quiet_until = float("inf") if on else 0.0

    def restore(self, tables: list[str] | None = None) -> None:
        """Put every row of `tables` back as it was before the draw; by default what it touches."""
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for table in tables or self.touched:
                key, one, other = self.keys[table], f'public."{table}"', f'kept."{table}"'
                cursor.execute(
                    f"DELETE FROM {one} p WHERE NOT EXISTS (SELECT FROM {other} k"
                    f' WHERE k."{key}" = p."{key}" AND k::text = p::text)'
                )
                cursor.execute(
                    f"INSERT INTO {one} SELECT * FROM {other} k"
                    f' WHERE NOT EXISTS (SELECT FROM {one} p WHERE p."{key}" = k."{key}")'
                )
            cursor.execute("SET session_replication_role = DEFAULT")

    def quiet(self) -> None:
        """Wait until killed sessions have rolled back and gone."""

        def alone() -> bool:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {OTHERS}")
                return cursor.fetchone()[0] == 0

        until(alone, "the end of all other sessions")

    def make_due(self) -> None:
        """Let no try wait for its turn: the pause between tries is measured elsewhere."""
        Effect.objects.exclude(state__in=["done", "dead"]).update(due_at=Now())

    def answers(self) -> bool:
        """Whether the database takes a question."""
        try:
            connection.close()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except OperationalError:
            return False
        return True

    def _prepare(self) -> None:
        """One call, frozen, declared, with agreed dice; two officers may ask for the draw."""
        otto = make_user("Otto", Role.OFFICE, factor=True)
        rita = make_user("Rita", Role.REVIEWER, factor=True)
        self.officers: list[User] = [
            make_user(name, Role.LOTTERY_OFFICER, factor=True) for name in ("Leo", "Lena")
        ]
        call = make_call(otto, draw_id="demo-chaos", seats=SEATS)
        for _ in range(PEOPLE):
            qualify(make_application(call), otto, rita)
        close_call(call)
        leo, lena = self.officers
        draw = freezing.freeze(call, all_typed=True, by=leo, proof=proof_of(leo))
        declaration = declarations.propose(draw, drand_at=None, by=leo, proof=proof_of(leo))
        declarations.confirm(declaration, by=lena, proof=proof_of(lena))
        Call.objects.filter(pk=call.pk).update(clock_ahead=dt.timedelta(days=1, seconds=5))
        records.write(draw, **ROOM, began_at=timezone.now(), by=leo)
        thrown = dice()
        for person in self.officers:
            values.enter(declaration, thrown, by=person)
        self.draw = Draw.objects.get(pk=draw.pk)
        self.call_pk = call.pk

    def _keep(self) -> None:
        """Copy every table, and learn which of them a draw touches."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname, a.attname FROM pg_class c"
                " JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary"
                " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
                " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
            )
            self.keys: dict[str, str] = dict(cursor.fetchall())
            self.tables = list(self.keys)
            cursor.execute("CREATE SCHEMA kept")
            for table in self.tables:
                cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')
        draws.request_draw(self.draw, by=self.officers[0], proof=proof_of(self.officers[0]))
        draws.run(self.draw.pk)
        self.touched = [table for table in self.tables if self._differs(table)]
        self.restore()

    def _differs(self, table: str) -> bool:
        one, other = f'public."{table}"', f'kept."{table}"'
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT EXISTS (TABLE {one} EXCEPT ALL TABLE {other})"
                f" OR EXISTS (TABLE {other} EXCEPT ALL TABLE {one})"
            )
            return cursor.fetchone()[0]


def in_threads(jobs: list[Callable[[], object]]) -> list[BaseException]:
    """Run all jobs at the same instant, each in a thread and session of its own."""
    start, faults = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], object]) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")  # connected before the start
            start.wait()
            job()
        except Exception as fault:  # noqa: BLE001 - counted by the experiment, whatever it is
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def killed_child(job: Callable[[], object], after: float) -> bool:
    """Do `job` in a forked child and kill it `after` seconds; whether it was still at work."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            job()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)

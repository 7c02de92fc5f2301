"""The engines live exactly as long as somebody uses them, and survive what kills them."""

import socket
import subprocess
from pathlib import Path

import psycopg
import pytest

from launch.console import Problem
from launch.engines import Engines
from tests.launch.conftest import Trial

USER = """
import sys
from launch.engines import Engines
from launch.home import Home
with Engines(Home.of_environment(), careless=True) as engines:
    print(engines.urls["DATABASE_URL"], flush=True)
    sys.stdin.read() if sys.argv[1:] else None
"""


def ask(engines: Engines, question: str) -> object:
    with psycopg.connect(engines.urls["DATABASE_URL"]) as connection:
        return connection.execute(question).fetchone()[0]


def ping(engines: Engines) -> bytes:
    path = engines.urls["REDIS_URL"].removeprefix("unix://").partition("?")[0]
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        line.sendall(b"PING\r\n")
        return line.recv(16)


def process_of(trial: Trial, program: str) -> int:
    return next(
        pid for pid, words in trial.processes().items() if words.split()[0].endswith(program)
    )


def test_both_engines_answer_on_sockets_only_and_stop_with_their_last_user(trial):
    with Engines(trial.home, careless=True) as engines:
        assert ask(engines, "SHOW listen_addresses") == ""
        assert ask(engines, "SELECT datcollate FROM pg_database WHERE datname = current_database()")
        assert ask(engines, "SHOW server_encoding") == "UTF8"
        assert ping(engines) == b"+PONG\r\n"
        with Engines(trial.home) as second:
            assert second.urls == engines.urls
        assert ask(engines, "SELECT 1") == 1
    assert not trial.engines()


def test_a_command_cancelled_while_it_joins_stops_nobody(trial):
    with Engines(trial.home, careless=True) as engines:
        for name in ("postgres", "redis"):
            for _n in range(20):
                with socket.socket(socket.AF_UNIX) as line:
                    line.connect(str(trial.home.socket_folder() / f"{name}.keeper"))
        with Engines(trial.home) as second:
            assert second.urls == engines.urls
        assert ask(engines, "SELECT 1") == 1
        assert engines.ended() is None


def test_the_first_user_may_leave_before_the_second(trial):
    first, second = Engines(trial.home, careless=True), Engines(trial.home)
    with first:
        second.begin()
        second.wait()
    assert ask(second, "SELECT 1") == 1
    second.release()
    trial.until(lambda: not trial.processes(), "the end of the engines")


def test_what_was_written_is_there_at_the_next_start(bare_trial):
    with (
        Engines(bare_trial.home) as engines,
        psycopg.connect(engines.urls["DATABASE_URL"]) as open_one,
    ):
        open_one.execute("CREATE TABLE kept AS SELECT 7 AS number")
    with Engines(bare_trial.home) as engines:
        assert ask(engines, "SELECT number FROM kept") == 7
        assert ask(engines, "SHOW fsync") == "on"


def test_a_killed_user_leaves_no_process_behind(trial):
    user = subprocess.Popen(
        ["/usr/bin/env", "python3", "-c", USER, "stay"],
        cwd=Path(__file__).parents[2],
        env=trial.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with user:
        assert user.stdout.readline().startswith(b"postgres://")
        assert len(trial.processes()) > 3
        user.kill()
    trial.until(lambda: not trial.processes(), "the end of the engines")


@pytest.mark.parametrize("program", ["postgres", "redis-server"])
def test_an_engine_that_dies_is_noticed_and_starts_again(trial, program):
    with Engines(trial.home) as engines:
        trial.kill(process_of(trial, program))
        name = trial.until(engines.ended, "the news of the death")
        assert program.startswith(name)
    with Engines(trial.home) as engines:
        assert ask(engines, "SELECT 1") == 1
        assert ping(engines) == b"+PONG\r\n"


def test_a_killed_keeper_takes_its_engine_along(trial):
    with Engines(trial.home) as engines:
        keepers = [pid for pid, words in trial.processes().items() if "engines.keeper" in words]
        for keeper in keepers:
            trial.kill(keeper)
        trial.until(engines.ended, "the news of the death")
        trial.until(lambda: not trial.processes(), "the end of the engines")
    with Engines(trial.home) as engines:
        assert ask(engines, "SELECT 1") == 1


def test_two_starts_at_once_share_one_cluster(bare_trial):
    users = [bare_trial.start("-c", USER) for _ in range(4)]
    said = {user.communicate(timeout=60)[0] for user in users}
    assert {user.returncode for user in users} == {0}
    assert len(said) == 1


def test_a_long_path_with_space_and_umlaut_works(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    trial = Trial(tmp_path / "Städte, die Brücken bauen" / ("x" * 120))
    with Engines(trial.home, careless=True) as engines:
        assert ask(engines, "SELECT 1") == 1
        assert ping(engines) == b"+PONG\r\n"


def test_addresses_of_the_environment_come_first(trial, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://city@db.example.org/portal")
    monkeypatch.setenv("REDIS_URL", "redis://redis.example.org:6379/0")
    with Engines(trial.home) as engines:
        assert engines.urls == {
            "DATABASE_URL": "postgres://city@db.example.org/portal",
            "REDIS_URL": "redis://redis.example.org:6379/0",
        }
    assert trial.processes() == {}


def test_a_cluster_of_another_version_is_refused_with_the_next_step(trial):
    with Engines(trial.home, careless=True):
        pass
    (trial.path / "postgres" / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(Problem, match=r"made by PostgreSQL 9; found is \d+\. Bring 9 back"):
        Engines(trial.home).__enter__()

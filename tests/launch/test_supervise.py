"""The portal's processes live and die together, whatever ends the supervisor."""

import signal

import pytest

SCRIPT = """
import sys
from launch.console import Problem
from launch.engines import Engines
from launch.home import Home
from launch.supervise import Asked, Supervisor

home = Home.of_environment()
# A child with a child of its own, as a worker has; "stubborn" ones ignore polite requests.
pool = (
    "import os, signal, time\\n"
    f"os.chdir({str(home.path)!r})\\n"
    f"if not os.fork() and {'stubborn' in sys.argv}: signal.signal(15, signal.SIG_IGN)\\n"
    "print('at work', flush=True)\\n"
    "time.sleep(600)\\n"
)
with Engines(home, careless=True) as engines, Supervisor(home, engines) as supervisor:
    try:
        supervisor.start("pool", [sys.executable, "-c", pool])
        if "fragile" in sys.argv:
            supervisor.start("web", [sys.executable, "-c", "print('no such table'); raise SystemExit(3)"])
        supervisor.until(lambda: home.log("pool").read_text().count("at work") == 2, 20, "no work")
        print("up", flush=True)
        if "visit" in sys.argv:
            print("visitor", supervisor.accompany([sys.executable, "-c", "raise SystemExit(7)"], {}))
            raise SystemExit(0)
        supervisor.watch()
    except Asked:
        print("asked")
    except Problem as problem:
        print(problem)
        raise SystemExit(1)
"""  # noqa: E501


def started(trial, *words):
    supervisor = trial.start("-c", SCRIPT, *words)
    assert supervisor.stdout.readline() == "up\n"
    return supervisor


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_polite_end_stops_everything_before_the_supervisor_returns(trial, number):
    supervisor = started(trial)
    assert len(trial.engines()) > 1
    supervisor.send_signal(number)
    assert supervisor.communicate(timeout=40)[0] == "asked\n"
    assert supervisor.returncode == 0
    assert trial.engines() == {}
    assert "at work" in trial.home.log("pool").read_text()


def test_a_killed_supervisor_leaves_nothing_behind(trial):
    supervisor = started(trial, "stubborn")
    supervisor.kill()
    supervisor.communicate(timeout=10)
    trial.until(lambda: not trial.processes(), "the end of all processes")


def test_a_killed_engine_ends_everything_and_is_told(trial):
    supervisor = started(trial)
    redis = next(pid for pid, words in trial.engines().items() if "redis-server" in words)
    trial.kill(redis)
    said = supervisor.communicate(timeout=40)[0]
    assert said.startswith("redis ended. Everything is stopped. The end of ")
    assert supervisor.returncode == 1


def test_the_early_death_of_a_child_is_told_with_its_log(trial):
    supervisor = trial.start("-c", SCRIPT, "fragile")
    said = supervisor.communicate(timeout=40)[0]
    assert "web ended with status 3. Everything is stopped. The end of " in said
    assert said.endswith("web.log:\n    no such table\n")
    assert supervisor.returncode == 1


def test_the_status_of_an_accompanied_command_is_passed_on(trial):
    supervisor = started(trial, "visit")
    assert supervisor.communicate(timeout=40)[0] == "visitor 7\n"

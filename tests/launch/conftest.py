"""Portals of their own for the launcher's tests: a home under tmp_path, this interpreter's venv."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from launch.engines import Engines
from launch.home import ROOT, Home
from tests.worker import until


class Trial:
    """One home, the commands run in it, and what the kernel still knows of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.home = Home(path, Path(sys.prefix))
        path.mkdir(parents=True, exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        foreign = ("DATABASE_URL", "REDIS_URL", "PORTAL_MODE")
        kept = {name: value for name, value in os.environ.items() if name not in foreign}
        return {**kept, "PORTAL_HOME": str(self.path), "PORTAL_VENV": sys.prefix}

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start PYTHON COMMAND in this home; its output is in a pipe."""
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def processes(self) -> dict[int, str]:
        """Living processes that work in this home or were started for it."""
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                place = str((entry / "cwd").readlink())
            except OSError:
                continue
            if words and (str(self.path) in words or place.startswith(str(self.path))):
                found[int(entry.name)] = words
        return found

    def kill(self, pid: int) -> None:
        """End a process without asking it."""
        os.kill(pid, signal.SIGKILL)

    def engines(self) -> dict[int, str]:
        """The living engines among them; their keepers leave an instant later."""
        return {
            pid: words
            for pid, words in self.processes().items()
            if words.split()[0].endswith(("postgres", "redis-server"))
        }

    def until(self, condition, what: str):
        """As everybody's `until`; a failure names the processes that are left."""
        try:
            return until(condition, what)
        except AssertionError as late:
            raise AssertionError(f"{late}; processes: {self.processes()}") from late


@pytest.fixture(scope="session")
def cluster(tmp_path_factory) -> Path:
    """A finished database cluster; a copy of it saves each test the second that initdb takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        trial = Trial(tmp_path_factory.mktemp("cluster"))
        with Engines(trial.home, careless=True):
            pass
    return trial.path / "postgres"


@pytest.fixture
def bare_trial(tmp_path, monkeypatch):
    """A home without a database yet."""
    for name in ("DATABASE_URL", "REDIS_URL", "PORTAL_HOME"):
        monkeypatch.delenv(name, raising=False)
    trial = Trial(tmp_path / "home")
    yield trial
    trial.until(lambda: not trial.processes(), "the end of all processes")


@pytest.fixture
def trial(bare_trial, cluster):
    """A home with an empty database."""
    shutil.copytree(cluster, bare_trial.path / "postgres")
    return bare_trial

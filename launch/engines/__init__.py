"""PostgreSQL and Redis for the length of a `with` block: borrowed, shared or started.

Order: DATABASE_URL / REDIS_URL of the environment, else the home's own engines, which a
keeper process runs for all commands that use this home at the same time.
"""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from launch.console import Problem, last_lines
from launch.home import ROOT, Home

VARIABLES = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
START_PATIENCE = 60.0  # the first start makes the cluster
STOP_PATIENCE = 30.0


class Engines:
    """Both engines of a home. `urls` maps DATABASE_URL and REDIS_URL to addresses."""

    def __init__(self, home: Home, *, careless: bool = False) -> None:
        self.home = home
        self.careless = careless
        self.urls: dict[str, str] = {}
        self._lines: dict[str, socket.socket] = {}

    def __enter__(self) -> Engines:
        self.begin()
        try:
            self.wait()
        except BaseException:
            self.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def begin(self) -> None:
        """Connect to the keepers or start them, without waiting for the engines."""
        for name, variable in VARIABLES.items():
            if os.environ.get(variable):
                self.urls[variable] = os.environ[variable]
            else:
                self._join(name)

    def wait(self) -> None:
        """Wait for both addresses; raises Problem when an engine does not start."""
        deadline = time.monotonic() + START_PATIENCE
        for name in list(self._lines):
            said = self._hear(name, deadline)
            if not said:  # the keeper we met was just leaving
                self._lines.pop(name).close()
                self._join(name)
                said = self._hear(name, deadline)
            word, _, rest = said.partition(" ")
            if word == "ready":
                self.urls[VARIABLES[name]] = rest
            elif word == "failed":
                raise Problem(json.loads(rest))
            else:
                log = self.home.log(f"{name}-keeper")
                raise Problem(f"{name} cannot be kept. The end of {log}:{last_lines(log)}")

    def ended(self) -> str | None:
        """The name of an engine that ended on its own, if any."""
        lines = list(self._lines.values())
        gone = select.select(lines, [], [], 0)[0]
        return next((name for name, line in self._lines.items() if line in gone), None)

    def release(self) -> None:
        """Let go; when nobody else uses the engines, they have stopped when this returns."""
        for line in self._lines.values():
            with suppress(OSError):  # an engine that ended has hung up
                line.sendall(b"leave\n")
        for line in self._lines.values():
            line.settimeout(STOP_PATIENCE)
            with line, suppress(OSError):
                while line.recv(65536) not in (b"", b"kept\n"):
                    pass
        self._lines.clear()

    def _join(self, name: str) -> None:
        """Open a line to NAME's keeper; start the keeper when nobody answers."""
        address = self._address(name)
        with self.home.locked(f"{name}-start"):
            line = socket.socket(socket.AF_UNIX)
            try:
                line.connect(str(address))
            except (FileNotFoundError, ConnectionRefusedError):
                self._start_keeper(name, address)
                line.connect(str(address))
        self._lines[name] = line

    def _start_keeper(self, name: str, address: Path) -> None:
        address.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(address))
            listener.listen(16)
            words = [name, str(self.home.path), str(self.home.venv), str(listener.fileno())]
            words.append("careless" if self.careless else "careful")
            with self.home.fresh_log(f"{name}-keeper").open("wb") as out:
                subprocess.run(
                    [sys.executable, "-m", "launch.engines.keeper", *words],
                    cwd=ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    pass_fds=[listener.fileno()],
                    start_new_session=True,  # Ctrl-C is for the supervisor alone
                    check=True,
                )

    def _hear(self, name: str, deadline: float) -> str:
        """One line from the keeper; empty when it hung up."""
        line = self._lines[name]
        line.settimeout(max(0.1, deadline - time.monotonic()))
        said = b""
        try:
            while not said.endswith(b"\n"):
                part = line.recv(65536)
                if not part:
                    return ""
                said += part
        except TimeoutError:
            log = self.home.log(name)
            raise Problem(f"{name} did not start in time. {log} says:{last_lines(log)}") from None
        except ConnectionResetError:
            return ""
        return said.decode().rstrip("\n")

    def _address(self, name: str) -> Path:
        return self.home.socket_folder() / f"{name}.keeper"

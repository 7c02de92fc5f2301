"""Runs the portal's processes together: all of them, or none.

A child that ends early is told with the end of its log, and the others are stopped in order.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType, TracebackType

from launch import guard, process
from launch.console import Problem, last_lines
from launch.engines import Engines
from launch.home import ROOT, Home

PATIENCE = 10.0


class Asked(Exception):
    """Somebody asked us to stop: Ctrl-C, SIGTERM or a closed terminal."""


class Supervisor:
    """The children of one `with` block; leaving it stops them, first started last."""

    def __init__(self, home: Home, engines: Engines) -> None:
        self.home = home
        self.engines = engines
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Supervisor:
        self._guard = guard.start()
        self._handlers = {
            number: signal.signal(number, _asked)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # A second Ctrl-C must not leave half of them behind.
        for number in self._handlers:
            signal.signal(number, signal.SIG_IGN)
        for name in reversed(list(self.children)):
            self._stop(name)
        if self._guard.stdin is not None:
            self._guard.stdin.close()
        self._guard.wait()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def start(
        self, name: str, command: Sequence[str], variables: Mapping[str, str] | None = None
    ) -> None:
        """Start a child that logs to NAME.log and is expected to live as long as we do."""
        with self.home.fresh_log(name).open("wb") as out:
            child = subprocess.Popen(
                command,
                cwd=ROOT,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop in order
                preexec_fn=process.dies_with_parent(signal.SIGTERM),
            )
        guard.tell(self._guard, f"+{child.pid}")
        self.children[name] = child

    def look(self) -> None:
        """Raises Problem when a child or an engine has ended."""
        for name, child in self.children.items():
            status = child.poll()
            if status is not None:
                raise self._obituary(name, f"ended with status {status}")
        engine = self.engines.ended()
        if engine:
            raise self._obituary(engine, "ended")

    def until(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait for `condition` while everybody lives; raises Problem when the time is over."""
        deadline = time.monotonic() + seconds
        while not condition():
            self.look()
            if time.monotonic() > deadline:
                raise self._obituary("web", f"{what} within {seconds:.0f} s")
            time.sleep(0.05)

    def watch(self) -> None:
        """Stay until somebody asks us to stop (Asked) or a process ends (Problem)."""
        self.until(lambda: False, float("inf"), "")

    def accompany(self, command: Sequence[str], variables: Mapping[str, str]) -> int:
        """Run a command in the foreground while the children live; returns its exit status.

        When one of them ends the command is stopped and Problem raised.
        """
        visitor = subprocess.Popen(
            command,
            cwd=ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            preexec_fn=process.dies_with_parent(signal.SIGTERM),
        )
        try:
            self.until(lambda: visitor.poll() is not None, float("inf"), "")
        finally:
            process.stop(visitor, signal.SIGTERM, PATIENCE)
        self.look()
        return visitor.returncode if visitor.returncode >= 0 else 128 - visitor.returncode

    def _stop(self, name: str) -> None:
        child = self.children[name]
        process.stop(child, signal.SIGTERM, PATIENCE)
        guard.clear_away([child.pid] if process.group_alive(child.pid) else [])
        guard.tell(self._guard, f"-{child.pid}")

    def _obituary(self, name: str, what: str) -> Problem:
        log = self.home.log(name)
        return Problem(f"{name} {what}. Everything is stopped. The end of {log}:{last_lines(log)}")


def _asked(number: int, frame: FrameType | None) -> None:
    raise Asked

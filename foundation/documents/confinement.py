"""Risky work in a small cell: a child with little memory, little time, no secrets and no network.

One helper per process imports the heavy libraries once and forks a fresh cell for every job.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
FONT_CONFIGURATION = PROJECT / "static" / "fonts" / "pdf" / "fonts.conf"
MEBIBYTE = 1024 * 1024
MAX_ANSWER = 256 * MEBIBYTE
_LENGTHS = struct.Struct("!QQ")
# A cell that dies this close to its time limit (as a share) was too slow.
_NEARLY = 0.9

Facts = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Limits:
    """What one job may use: address space in MiB, processor seconds, seconds on the clock."""

    memory: int = 768
    processor: int = 60
    seconds: float = 90.0


class ConfinedFailure(Exception):
    """A job ended without a result; `reason`: memory, time, nesting, forbidden, broken, crash."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


def run_confined(
    task: str, facts: Facts, data: bytes = b"", *, limits: Limits | None = None
) -> tuple[Facts, bytes]:
    """Run one of the cell's tasks and return its answer (JSON facts, bytes).

    Raises ConfinedFailure when the cell breaks a limit, crashes or says that its input is broken.
    """
    limits = limits or Limits()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stadtbruecke-cell-") as room:
        envelope = {
            "task": task,
            "facts": facts,
            "limits": dataclasses.asdict(limits),
            "room": room,
        }
        try:
            with _job_line() as line:
                # Starting a cell on a busy machine takes time of its own.
                line.settimeout(limits.seconds + 30)
                send(line, envelope, data)
                answer, result = receive(line, MAX_ANSWER)
        except (EOFError, OSError, ValueError) as error:
            allowed = min(limits.seconds, limits.processor)
            late = time.monotonic() - started >= allowed * _NEARLY
            raise ConfinedFailure("time" if late else "crash", str(error)) from error
    if "failure" in answer:
        raise ConfinedFailure(str(answer["failure"]), str(answer.get("detail", "")))
    return answer["facts"], result


def send(line: socket.socket, facts: Facts, data: bytes) -> None:
    """Write one frame: two lengths, JSON, bytes."""
    head = json.dumps(facts).encode()
    line.sendall(_LENGTHS.pack(len(head), len(data)))
    line.sendall(head)
    line.sendall(data)


def receive(line: socket.socket, ceiling: int) -> tuple[Facts, bytes]:
    """Read one frame; EOFError when the other side is gone or writes more than `ceiling` bytes."""
    head_length, data_length = _LENGTHS.unpack(_exactly(line, _LENGTHS.size))
    if head_length + data_length > ceiling:
        raise EOFError("the answer is larger than allowed")
    head = json.loads(_exactly(line, head_length))
    return head, _exactly(line, data_length)


def _exactly(line: socket.socket, length: int) -> bytes:
    chunks = bytearray()
    while len(chunks) < length:
        chunk = line.recv(min(length - len(chunks), MEBIBYTE))
        if not chunk:
            raise EOFError("the cell is gone")
        chunks += chunk
    return bytes(chunks)


class _Helper:
    """The process that imports once and forks cells; it ends when our end of the line closes."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "foundation.documents.cell", str(theirs.fileno())],
                cwd=PROJECT,
                env=_bare_environment(),
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def usable(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def close(self) -> None:
        self.line.close()
        if self.owner == os.getpid():
            self.process.wait()
        else:
            # A forked worker inherited the handle but not the child: nothing to wait for here.
            self.process.returncode = 0


def _bare_environment() -> dict[str, str]:
    """No keys, no database address: a cell cannot leak what it never had."""
    bare = {
        "FONTCONFIG_FILE": str(FONT_CONFIGURATION),
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(PROJECT),
        "PYTHONWARNINGS": "ignore",
    }
    for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR"):
        if name in os.environ:
            bare[name] = os.environ[name]
    return bare


class _HelperDesk:
    """Keeps the one helper of this process; a forked worker starts its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.helper: _Helper | None = None

    def hand_over(self, job: socket.socket) -> None:
        with self.lock:
            if self.helper is None or not self.helper.usable():
                self.release()
                self.helper = _Helper()
            socket.send_fds(self.helper.line, [b"job"], [job.fileno()])

    def release(self) -> None:
        if self.helper is not None:
            self.helper.close()
            self.helper = None

    def forget(self) -> None:
        """After a fork: the lock may be held by a thread that does not exist here."""
        self.lock = threading.Lock()
        self.release()


_desk = _HelperDesk()


def helper_pid() -> int:
    """The process id of this process's helper, 0 while there is none."""
    return _desk.helper.process.pid if _desk.helper is not None else 0


os.register_at_fork(after_in_child=_desk.forget)


@contextlib.contextmanager
def _job_line() -> Iterator[socket.socket]:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            _desk.hand_over(theirs)
        yield ours


def close_helper() -> None:
    """End this process's helper now (it would also end with the process)."""
    with _desk.lock:
        _desk.release()


atexit.register(close_helper)

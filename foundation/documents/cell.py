"""The helper's side of confinement: receive a job, fork, lock the door, work, answer, vanish.

Started as `python -m foundation.documents.cell FD`; knows neither Django nor the database.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import os
import resource
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from foundation.documents.confinement import MAX_ANSWER, MEBIBYTE, Facts, receive, send

TASKS = {
    "typeset": ("foundation.documents.typesetting", "typeset"),
    "inspect": ("foundation.documents.inspection", "inspect"),
    "survey": ("foundation.documents.survey", "survey"),
    "repaint": ("foundation.documents.repainting", "repaint"),
}
SCRATCH = 64 * MEBIBYTE  # fonts and images that the layout engine puts into the job's own room
OPEN_FILES = 128
NEARLY = 0.85
FORBIDDEN_EVENTS = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "subprocess.Popen",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
)
_PR_SET_PDEATHSIG = 1


class Forbidden(BaseException):
    """Code in a cell tried to reach outside; not an Exception, so no library swallows it."""


def serve(descriptor: int) -> None:
    """Fork one cell per job until the owner closes the line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps finished cells
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C belongs to the owner
    owner = socket.socket(fileno=descriptor)
    while True:
        message, descriptors, _, _ = socket.recv_fds(owner, 16, 1)
        if not message:
            return
        job = socket.socket(fileno=descriptors[0])
        try:
            envelope, data = receive(job, MAX_ANSWER)
            module, function = TASKS[envelope["task"]]
            work = getattr(importlib.import_module(module), function)
        except EOFError:
            job.close()
            continue
        gc.freeze()
        if os.fork() == 0:
            owner.close()
            _work_and_vanish(job, work, envelope, data)
        job.close()


def _work_and_vanish(job: socket.socket, work: Any, envelope: Facts, data: bytes) -> None:
    """Whatever happens in the task, the owner hears one frame and the process ends."""
    answer: Facts = {}
    result = b""
    try:
        _lock_the_door(envelope["limits"], envelope["room"])
        facts, result = work(envelope["facts"], data)
        answer = {"facts": facts}
    finally:
        fault = sys.exc_info()[1]
        if fault is not None:
            answer, result = _failure(fault), b""
        send(job, answer, result)
        os._exit(0)  # no clean-up of what the helper still uses


def _failure(fault: BaseException) -> Facts:
    """A fault in words that the owner can turn into a sentence."""
    reason = "broken"  # a hostile file may break a parser in any way
    for kind, word in (
        (MemoryError, "memory"),
        (RecursionError, "nesting"),
        (Forbidden, "forbidden"),
    ):
        if isinstance(fault, kind):
            reason = word
    if reason == "broken" and _starved():
        reason = "memory"
    return {"failure": reason, "detail": f"{type(fault).__name__}: {fault}"[:500]}


def _starved() -> bool:
    """Whether memory ran short: libraries turn a refused allocation into errors of any kind."""
    allowed, _hard = resource.getrlimit(resource.RLIMIT_AS)
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmPeak:"):
            return int(line.split()[1]) * 1024 > allowed * NEARLY
    return False


def _lock_the_door(limits: Facts, room: str) -> None:
    """Limits of the kernel first, then refusal of everything that leaves the process."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, float(limits["seconds"]))
    # Libraries that run out of memory write pages of noise before they die.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    tempfile.tempdir = room
    os.environ["TMPDIR"] = room
    for kind, value in (
        (resource.RLIMIT_AS, int(limits["memory"]) * MEBIBYTE),
        (resource.RLIMIT_CPU, int(limits["processor"])),
        (resource.RLIMIT_FSIZE, SCRATCH),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in FORBIDDEN_EVENTS:
            raise Forbidden(f"{event} {arguments!r}"[:200])

    sys.addaudithook(refuse)


if __name__ == "__main__":
    serve(int(sys.argv[1]))

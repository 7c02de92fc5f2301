"""Starting a process so that it never outlives us, and stopping it within a given time."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def dies_with_parent(number: int) -> Callable[[], None]:
    """A preexec_fn: the kernel sends signal `number` to the child when this thread ends."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)  # Linux only
    parent = os.getpid()

    def before_exec() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)

    return before_exec


def group_alive(group: int) -> bool:
    """Whether any process of the group still runs; the dead that wait for init do not count."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # pid (any name) state parent group …
            state, _, its_group = entry.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue  # ended while we looked
        if int(its_group) == group and state not in "ZX":
            return True
    return False


def signal_group(group: int, number: int) -> None:
    """Signal every process of the group, if there is one left."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def stop(process: subprocess.Popen[bytes], number: int, patience: float) -> None:
    """Ask with signal `number`; after `patience` seconds, kill the process."""
    if process.poll() is not None:
        return
    process.send_signal(number)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()

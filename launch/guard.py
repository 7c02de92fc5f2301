"""Outlives a killed supervisor by a few seconds, just to clear away what it had started.

Its input is a pipe: `+GROUP` and `-GROUP` lines while the supervisor lives, the end when it dies.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterable

from launch import process
from launch.home import ROOT

GRACE = 3.0


def start() -> subprocess.Popen[bytes]:
    """Start the guard; write group lines to its `stdin` (see `watch` and `forget`)."""
    return subprocess.Popen(
        [sys.executable, "-m", "launch.guard"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        bufsize=0,
    )


def tell(guard: subprocess.Popen[bytes], line: str) -> None:
    """Hand the guard one line; a guard that is gone is not worth a fault."""
    if guard.stdin is not None and guard.poll() is None:
        guard.stdin.write(f"{line}\n".encode())


def clear_away(groups: Iterable[int]) -> None:
    """Ask every process group to end, and end it when it does not."""
    left = list(groups)
    for group in left:
        process.signal_group(group, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [group for group in left if process.group_alive(group)]
    for group in left:
        process.signal_group(group, signal.SIGKILL)


def main() -> int:
    """Follow the supervisor's lines to their end."""
    groups: set[int] = set()
    for line in sys.stdin:
        if line.startswith("+"):
            groups.add(int(line[1:]))
        else:
            groups.discard(int(line[1:]))
    clear_away(groups)
    return 0


if __name__ == "__main__":
    sys.exit(main())

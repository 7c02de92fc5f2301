"""What the person at the console reads: calm sentences that end with the next step.

A `Problem` is something that person can put right; everything else stays a traceback.
"""

from __future__ import annotations

import errno
from pathlib import Path

DISK_FULL = "The disk is full. Free about 1 GB, or move the state with PORTAL_HOME."


class Problem(Exception):
    """A fault told in one or two sentences, the last of them saying what to do next."""


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


def last_lines(log: Path, count: int = 20) -> str:
    """The last `count` lines of a log file, indented; empty when there is none."""
    if not log.exists():
        return ""
    lines = log.read_bytes()[-20_000:].decode("utf-8", "replace").splitlines()[-count:]
    return "".join(f"\n    {line}" for line in lines)


def tells_full_disk(text: str) -> bool:
    """Whether a program's output complains about a full disk, in the words they use for it."""
    words = ("No space left on device", "Disk quota exceeded", "Check free disk space")
    return any(word in text for word in words)


def told(fault: OSError) -> str | None:
    """A sentence for the operating-system faults that people meet, None for all others."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        place = f" ({fault.filename})" if fault.filename else ""
        return f"This place cannot be written{place}. Point PORTAL_HOME to a folder of yours."
    return None

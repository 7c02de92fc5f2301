"""What the console shows of the walk: one line a step, with its seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from launch.console import Problem, say

PATIENCE = 120.0  # seconds for what a worker does: rendering, sealing, drawing
PAUSE = 0.25


class Steps:
    """The journal; `present` is the step under way."""

    def __init__(self) -> None:
        self.present = ""

    @contextmanager
    def __call__(self, what: str) -> Iterator[None]:
        """One step; it is told when it is done."""
        self.present = what
        began = time.monotonic()
        yield
        say(f"  {time.monotonic() - began:5.1f} s  {what}")


def until(condition: Callable[[], bool], what: str) -> None:
    """Ask again and again until `condition` holds; raises Problem with what was awaited."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise Problem(f"Waited {PATIENCE:.0f} s for {what}. Does the worker run?")
        time.sleep(PAUSE)

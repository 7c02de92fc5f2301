"""The words that `portal` understands, each with the function that answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from launch.bench import bench
from launch.chaos import chaos
from launch.check import check
from launch.console import Problem
from launch.demo import demo
from launch.manage import manage
from launch.suite import test
from launch.trace import trace


def code(words: Sequence[str]) -> int:
    """Print the second-factor code of one demo person."""
    if len(words) != 1:
        raise Problem("Say whose code you need: python3 portal code USER")
    return manage(["totp_code", *words])


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "bench": bench,
    "chaos": chaos,
    "check": check,
    "code": code,
    "demo": demo,
    "manage": manage,
    "test": test,
    "trace": trace,
}

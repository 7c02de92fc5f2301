"""`portal manage …` and `portal code USER`: Django's commands with the engines brought along."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence

from launch import environment, process
from launch.engines import Engines
from launch.home import ROOT, Home
from launch.install import DEVELOPMENT, RUNTIME, install


def manage(words: Sequence[str]) -> int:
    """Run `manage.py WORDS` in PORTAL_MODE (default demo) and return its exit status."""
    home = Home.of_environment()
    # Collecting messages reads and writes .po files with a library of the development tools.
    install(home, DEVELOPMENT if words[:1] == ["collect_messages"] else RUNTIME)
    with Engines(home) as engines:
        mode = os.environ.get("PORTAL_MODE", "demo")
        return foreground(
            [str(home.python), "manage.py", *words], environment.of(home, engines, mode)
        )


def foreground(command: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a command that owns the terminal; Ctrl-C is its business, we wait and pass its status.

    A command ended by signal N gives 128 + N, as in a shell.
    """
    child = subprocess.Popen(
        command, cwd=ROOT, env=variables, preexec_fn=process.dies_with_parent(signal.SIGTERM)
    )
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: child.terminate()),
    }
    try:
        status = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 128 - status if status < 0 else status

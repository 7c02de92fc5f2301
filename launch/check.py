"""`portal check`: style, types, contracts, migrations, translations, then the pages in Chromium.

Every step runs even when one before it failed.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence

from launch.console import Problem, say
from launch.home import ROOT, Home
from launch.install import DEVELOPMENT, install
from launch.manage import foreground
from launch.suite import throw_away

PACKAGES = ["config", "foundation", "partnerships", "formats", "circles", "launch"]
STEPS = {
    "style": ["ruff", "check", ".", "portal"],
    "format": ["ruff", "format", "--check", ".", "portal"],
    "types": ["mypy", *PACKAGES],
    "contracts": ["lint-imports"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": ["python", "-m", "pytest", "tests/config/test_messages.py"],
}
# Each process takes a run of neighbours: the pages of one person follow one another.
NEIGHBOURS = ["-n", "2", "--dist", "worksteal"]
BROWSER = ["python", "-m", "pytest", "tests/browser", "-m", "browser", *NEIGHBOURS]


def check(words: Sequence[str]) -> int:
    """Run all steps; 0 when all are good. The browser's pytest summary closes the output."""
    if words:
        raise Problem("check takes no arguments: python3 portal check")
    home = Home.of_environment()
    install(home, DEVELOPMENT, browser=True)
    with throw_away(home) as variables:
        results = {}
        for name, (program, *arguments) in STEPS.items():
            began = time.monotonic()
            done = subprocess.run(
                [str(home.venv / "bin" / program), *arguments],
                cwd=ROOT,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            results[name] = done.returncode
            verdict = "failed" if done.returncode else "good"
            say(f"{name:<13} {verdict:<7} {time.monotonic() - began:5.1f} s")
            if done.returncode:
                say("".join(f"    {line}\n" for line in done.stdout.splitlines()))
        failed = [name for name, status in results.items() if status]
        say(f"{'browser':<13} follows; failed so far: {', '.join(failed) or 'nothing'}")
        status = foreground([str(home.venv / "bin" / BROWSER[0]), *BROWSER[1:]], variables)
    return 1 if failed or status else 0

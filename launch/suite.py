"""`portal test`: the whole suite on real engines of its own, which are thrown away afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from launch import environment
from launch.engines import Engines
from launch.home import Home
from launch.install import DEVELOPMENT, install
from launch.manage import foreground


def test(words: Sequence[str]) -> int:
    """Run pytest WORDS; its summary is the last thing printed. Returns its exit status.

    DATABASE_URL and REDIS_URL, if set, are tested instead of the embedded engines.
    """
    home = Home.of_environment()
    install(home, DEVELOPMENT)
    return run_pytest(home, ["-m", "not browser", *words])


def run_pytest(home: Home, words: Sequence[str]) -> int:
    """pytest on two processes in a throw-away home; the demo's data is out of reach."""
    place = Path(tempfile.mkdtemp(dir=home.folder("test")))
    trial = Home(place, home.venv)
    try:
        with Engines(trial, careless=True) as engines:
            variables = environment.of(trial, engines, "test")
            # Tests of the launcher itself start portals of their own in this same venv.
            variables["PORTAL_VENV"] = str(home.venv)
            return foreground([str(home.python), "-m", "pytest", "-n", "2", *words], variables)
    finally:
        shutil.rmtree(place)

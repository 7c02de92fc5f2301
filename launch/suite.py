"""`portal test`: the whole suite on real engines of its own, which are thrown away afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from launch import environment
from launch.engines import Engines
from launch.home import Home
from launch.install import DEVELOPMENT, install
from launch.manage import foreground

# Two processes; a file stays in one of them, so that what it has built once serves all its tests.
NEIGHBOURS = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def test(words: Sequence[str]) -> int:
    """Run pytest WORDS; its summary is the last thing printed. Returns its exit status.

    DATABASE_URL and REDIS_URL, if set, are tested instead of the embedded engines.
    """
    home = Home.of_environment()
    install(home, DEVELOPMENT)
    with throw_away(home) as variables:
        pytest = [str(home.python), "-m", "pytest", *NEIGHBOURS]
        return foreground([*pytest, "-m", "not browser", *words], variables)


@contextmanager
def throw_away(home: Home) -> Iterator[dict[str, str]]:
    """The environment of a home for this one run; the demo's data is out of its reach."""
    place = Path(tempfile.mkdtemp(dir=home.folder("test")))
    trial = Home(place, home.venv)
    try:
        with Engines(trial, careless=True) as engines:
            variables = environment.of(trial, engines, "test")
            # Tests of the launcher itself start portals of their own in this same venv.
            yield {**variables, **_bytecode(home), "PORTAL_VENV": str(home.venv)}
    finally:
        shutil.rmtree(place)


def _bytecode(home: Home) -> dict[str, str]:
    """Where nothing may be written beside the code, all processes share a folder of the home.

    Else each of them compiles everything for itself: a third of its start.
    """
    if not os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return {}
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home.folder("bytecode"))}

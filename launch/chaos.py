"""`portal chaos`: kills, stops and doubles everything on engines of its own, and counts what broke.

The experiments live in tests/chaos/; only processes that they started themselves are hurt.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from launch import environment, ports
from launch.console import Problem
from launch.engines import Engines
from launch.engines.postgres import NAME, PORT
from launch.home import Home
from launch.install import DEVELOPMENT, install
from launch.manage import foreground

NUMBERS = ("R1", "R1w", "R2", "R3", "R4", "R5", "R6", "R9")


def chaos(words: Sequence[str]) -> int:
    """Run the experiments and print their table; 1 when an invariant broke."""
    wish = _parser().parse_args(words)
    chosen = wish.only.split(",") if wish.only else list(NUMBERS)
    unknown = sorted(set(chosen) - set(NUMBERS))
    if unknown:
        raise Problem(f"There is no {', '.join(unknown)}. Choose from {', '.join(NUMBERS)}.")
    around = Home.of_environment()
    install(around, DEVELOPMENT)
    place = Path(tempfile.mkdtemp(dir=around.folder("chaos")))
    try:
        home = Home(place, around.venv)
        home.remember("public_url", ports.url_of(ports.any_free()))
        home.remember("smtp_url", f"smtp://127.0.0.1:{ports.any_free()}")
        variables = environment.of(home, _addresses(home), "test")
        program = [str(home.python), "-m", "tests.chaos", ",".join(chosen)]
        number = [str(wish.trials)] if wish.trials else []
        own = {"PORTAL_VENV": str(home.venv), "DJANGO_SETTINGS_MODULE": "config.settings_test"}
        return foreground([*program, *number], {**variables, **own})
    finally:
        shutil.rmtree(place, ignore_errors=True)  # an engine may still be leaving


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 portal chaos", allow_abbrev=False)
    parser.add_argument("--trials", type=int, help="how often each of them (its own number)")
    parser.add_argument("--only", help="some of them, such as R1,R6")
    return parser


def _addresses(home: Home) -> Engines:
    """Where the engines will be: the experiments start, stop and freeze them themselves."""
    engines, sockets = Engines(home), home.socket_folder()
    engines.urls = {
        "DATABASE_URL": f"postgres://{NAME}@/{NAME}?host={sockets}&port={PORT}",
        "REDIS_URL": f"unix://{sockets}/redis.sock?db=0",
    }
    return engines

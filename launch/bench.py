"""`portal bench`: the portal on generated data, to be measured from outside; the lottery's table.

Its state lies in a folder of its own inside the home; the demo's data is not touched.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from launch import environment, ports
from launch.console import Problem, last_lines, say
from launch.demo import FIRST_PAGE_PATIENCE, answers, start_celery, start_web
from launch.engines import Engines
from launch.home import ROOT, Home
from launch.install import DEVELOPMENT, RUNTIME, install
from launch.manage import foreground
from launch.prepare import prepare
from launch.supervise import Asked, Supervisor

SIZES = (600, 5_000, 100_000)


def bench(words: Sequence[str]) -> int:
    """Serve generated data and print where and how to measure, as one line of JSON."""
    wish = _parser().parse_args(words)
    if wish.lottery:
        return _program("tests.bench.lottery", browser=True)
    if wish.pages:
        return _program("tests.bench.pages")
    began = time.monotonic()
    port = wish.port or ports.any_free()
    if not ports.free(port):
        raise Problem(f"Port {port} is taken by another program. Choose another one with --port.")
    around = Home.of_environment()
    install(around, RUNTIME)
    home = Home(around.folder(f"bench-{wish.size}"), around.venv)
    with home.locked("bench", "This size is being served already. Stop it first."):
        home.remember("public_url", ports.url_of(port))
        home.remember("smtp_url", f"smtp://127.0.0.1:{ports.any_free()}")
        with Engines(home) as engines, Supervisor(home, engines) as supervisor:
            try:
                _serve(home, engines, supervisor, wish.size, began)
            except Asked:
                say("Stopping.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 portal bench", allow_abbrev=False)
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--serve", action="store_true", help="serve until Ctrl-C")
    task.add_argument("--lottery", action="store_true", help="a table of what the lottery costs")
    task.add_argument("--pages", action="store_true", help="pages at two sizes, and an import")
    parser.add_argument("--size", type=int, choices=SIZES, default=SIZES[0], help="rows of a kind")
    parser.add_argument("--port", type=int, help="where the portal listens (any free one)")
    return parser


def _program(module: str, *, browser: bool = False) -> int:
    """A table that a program of its own prints; its exit status says whether budgets hold."""
    home = Home.of_environment()
    install(home, DEVELOPMENT, browser=browser)
    return foreground([str(home.python), "-m", module], dict(os.environ))


def _serve(home: Home, engines: Engines, supervisor: Supervisor, size: int, began: float) -> None:
    variables = environment.of(home, engines, "demo")
    url = variables["PUBLIC_URL"]
    sink = ["-m", "launch.mailbox", variables["SMTP_URL"].rpartition(":")[2], str(ports.any_free())]
    supervisor.start("mailbox", [sys.executable, *sink, str(home.folder("mail"))])
    prepare(home, variables)
    found = json.loads(_fill(home, variables, size))
    start_web(home, supervisor, variables)
    supervisor.until(lambda: answers(url), FIRST_PAGE_PATIENCE, "did not answer")
    start_celery(home, supervisor, variables)
    seconds = round(time.monotonic() - began, 1)
    say(
        json.dumps(
            {
                "base_url": url,
                "size": size,
                "urls": {name: f"{url}{path}" for name, path in found["pages"].items()},
                "staff_cookie": found["staff_cookie"],
                "pid_files": {name: str(path) for name, path in _pids(home, supervisor).items()},
                "database_url": engines.urls["DATABASE_URL"],
                "seconds": seconds,
            }
        )
    )
    supervisor.watch()


def _fill(home: Home, variables: Mapping[str, str], size: int) -> str:
    """Generate what is missing; the command's last line."""
    done = subprocess.run(
        [str(home.python), "manage.py", "fill_bench", str(size)],
        cwd=ROOT,
        env=variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    home.log("fill_bench").write_text(done.stderr, encoding="utf-8")
    if done.returncode:
        raise Problem(f"fill_bench failed:{last_lines(home.log('fill_bench'))}")
    return done.stdout.splitlines()[-1]


def _pids(home: Home, supervisor: Supervisor) -> dict[str, Path]:
    """Files with the process id of the master of each kind; its children do the work."""
    files = {}
    for name in ("web", "worker"):
        file = home.folder("run") / f"{name}.pid"
        file.write_text(f"{supervisor.children[name].pid}\n", encoding="utf-8")
        files[name] = file
    return files

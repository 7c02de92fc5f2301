"""What pages cost with 600 and with 5,000 entries, and a table of 5,000 rows brought in.

Two portals with generated data stand side by side and are asked in turn, so that whatever else the
machine does falls on both; processor time is that of web server and database together, from /proc.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from launch.console import Problem
from launch.walk.browser import Browser
from launch.walk.steps import until

ROOT = Path(__file__).parents[2]
SIZES = (600, 5_000)
ROUNDS, TIMES = 9, 5
RATIO = 1.1  # so much more may the larger directory cost
IMPORT, IMPORT_SECONDS = 5_000, 30.0
TICKS = os.sysconf("SC_CLK_TCK")


class Served(Browser):
    """The office's browser before one portal, which is as `portal bench --serve` describes it."""

    def __init__(self, program: subprocess.Popen[str], told: dict) -> None:
        cookies = f"{told['staff_cookie']}; csrftoken={uuid.uuid4().hex}"
        super().__init__(told["base_url"], cookies=cookies)
        self.program, self.told = program, told

    def seconds(self) -> float:
        """Processor time so far of web server and database."""
        worker = int(Path(self.told["pid_files"]["worker"]).read_text())
        return _of_family(self.program.pid, without=worker)


def _of_family(pid: int, *, without: int) -> float:
    """Processor seconds of a process and all that came of it, but for one branch."""
    if pid == without:
        return 0.0
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    own = (int(fields[11]) + int(fields[12])) / TICKS
    return own + sum(_of_family(int(each), without=without) for each in " ".join(children).split())


@contextlib.contextmanager
def serve(size: int) -> Iterator[Served]:
    words = [sys.executable, "portal", "bench", "--serve", "--size", str(size)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        try:
            told = next((line for line in program.stdout if line.startswith("{")), None)
            if told is None:
                raise SystemExit(f"The portal with {size} entries did not start.")
            yield Served(program, json.loads(told))
        finally:
            program.terminate()
            program.communicate()  # what it says in leaving


def cost(portal: Served, page: str) -> float:
    """Milliseconds of one request, of TIMES in a row."""
    began = portal.seconds()
    for _turn in range(TIMES):
        portal.download(portal.told["urls"][page])
    return 1000 * (portal.seconds() - began) / TIMES


def compare(portals: list[Served]) -> list[str]:
    """Print a row for each page; returns the budgets that were missed."""
    missed = []
    print(f"{'CPU ms of':<14}" + "".join(f"{size:>10}" for size in SIZES) + "     ratio")
    for page in portals[0].told["urls"]:
        for portal in portals:
            cost(portal, page)
        rounds = [[cost(portal, page) for portal in portals] for _turn in range(ROUNDS)]
        small, large = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(f"{page:<14}{small:>10.1f}{large:>10.1f}{large / small:>10.2f}", flush=True)
        if page == "directory" and large / small > RATIO:
            missed.append(f"directory: {large / small:.2f} of {RATIO}")
    return missed


def bring_in(portal: Served) -> list[str]:
    """Upload a table, confirm it, wait as its page tells; returns the budgets that were missed."""
    lines = (f"Musterwerk {uuid.uuid4().hex};Unternehmen;Wirtschaft;ja" for _row in range(IMPORT))
    table = "\n".join(["Name;Art;Sektor;Erfunden", *lines]).encode("utf-8-sig")
    began = time.monotonic()
    page = portal.get("/akteure/import/")
    page = portal.submit(
        page, page.form(field="table"), {}, files={"table": ("tabelle.csv", table)}
    )
    looked = time.monotonic() - began
    page = portal.submit(page, page.form("/ausfuehren/"), {})
    words, address = f"{IMPORT} Zeilen wurden importiert", page.url
    until(lambda: words in portal.get(address).text, "the import")
    took = time.monotonic() - began
    print(f"table of {IMPORT} rows: {looked:.1f} s to its preview, {took:.1f} s in all")
    return [f"import: {took:.1f} s of {IMPORT_SECONDS}"] if took > IMPORT_SECONDS else []


def main() -> int:
    with contextlib.ExitStack() as stack:
        portals = [stack.enter_context(serve(size)) for size in SIZES]
        try:
            missed = [*compare(portals), *bring_in(portals[0])]
        except Problem as problem:
            raise SystemExit(str(problem)) from problem
    for each in missed:
        print(f"over its budget: {each}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())

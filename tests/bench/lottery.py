"""What the lottery costs: draws of 10^5 and 10^6, quotas by leximin, the check in a browser.

Each row runs in a process of its own, so that its memory is its own; the quickest of its turns
counts, for others may use the machine, too. Budgets are those of performance.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import hashlib
import http.server
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from circles import lottery
from circles.quotas.chances import published
from circles.quotas.leximin import leximin
from circles.quotas.specimens import specimens
from launch.system import browser_path

ROOT = Path(__file__).parents[2]
MEBIBYTE = 1024  # ru_maxrss counts in KiB
DRAW = "bench"
DICE = "16253416253416253412"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
VERIFY = """async ([folder, n]) => {
    const { verify } = await import("/static/los1/los1.js");
    const encoder = new TextEncoder();
    const files = new Map(Object.entries(folder).map(([n, text]) => [n, encoder.encode(text)]));
    const began = performance.now();
    const lines = await verify(files);
    return [(performance.now() - began) / 1000, lines.at(-1)];
}"""


@dataclasses.dataclass(frozen=True)
class Job:
    """One row: `run` returns its CPU or wall seconds; `most` seconds and MiB are the budget."""

    what: str
    run: Callable[[], float]
    most: float
    memory: int = 0
    turns: int = 3


def drawn(tickets: int) -> float:
    """CPU seconds of a plain draw, all checks included, from bytes to bytes."""
    pool, declaration, seed = _files(tickets)
    began = time.process_time()
    read = lottery.Pool.from_bytes(pool)
    told = lottery.Declaration.from_bytes(declaration)
    lottery.draw(read, told, lottery.Seed.from_bytes(seed)).to_bytes()
    return time.process_time() - began


def quotas(name: str) -> float:
    """CPU seconds of the exact leximin lottery of one invented instance."""
    instance = specimens()[name]
    began = time.process_time()
    published(instance, leximin(instance), total=1_000_000, draw=DRAW)
    return time.process_time() - began


def checked_in_browser(tickets: int) -> float:
    """Wall seconds of the module in Chromium, which must find the same result."""
    pool, declaration, seed = (data.decode() for data in _files(tickets))
    folder = {"pool.txt": pool, "declaration.txt": declaration, "seed.txt": seed}
    handler = functools.partial(_Quiet, directory=str(ROOT))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/static/los1/")
        seconds, last = page.evaluate(VERIFY, [folder, tickets])
        browser.close()
    server.shutdown()
    expected = lottery.draw(
        lottery.Pool.from_bytes(pool.encode()),
        lottery.Declaration.from_bytes(declaration.encode()),
        lottery.Seed.from_bytes(seed.encode()),
    )
    if last != f"result sha256 {expected.digest}":
        raise AssertionError(f"another result in the browser: {last}")
    return float(seconds)


JOBS = {
    "draw-5": Job("draw, 10^5 tickets", lambda: drawn(10**5), 1.0),
    "draw-6": Job("draw, 10^6 tickets", lambda: drawn(10**6), 8.0, memory=400, turns=1),
    "browser-5": Job("browser, 10^5 tickets", lambda: checked_in_browser(10**5), 3.0),
    "240": Job("leximin, 240 to 5, 18 types", lambda: quotas("usual 240 to 5, 18 types"), 0.25),
    "toy-200": Job("leximin, toy 200 to 20", lambda: quotas("toy 200 to 20"), 0.1),
    "toy-2000": Job("leximin, toy 2000 to 200", lambda: quotas("toy 2000 to 200"), 0.1),
    "1727": Job(
        "leximin, 1727 to 200, 257 types",
        lambda: quotas("large 1727 to 200, 257 types"),
        120.0,
        turns=1,
    ),
}  # fmt: skip


def main(words: list[str]) -> int:
    """Print the table; 1 when a budget was missed. With --one: measure one row here."""
    parser = argparse.ArgumentParser(prog="python3 portal bench --lottery")
    parser.add_argument("--one", choices=list(JOBS))
    wish = parser.parse_args(words)
    if wish.one:
        seconds = JOBS[wish.one].run()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
        sys.stdout.write(json.dumps([seconds, peak]) + "\n")
        return 0
    rows = list(_rows())
    lines = [("what", "seconds", "MiB", "budget", ""), *(cells for cells, _good in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(5)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
    return 0 if all(good for _cells, good in rows) else 1


def _rows() -> Iterator[tuple[tuple[str, str, str, str, str], bool]]:
    for name, job in JOBS.items():
        measured = [_measured(name) for _ in range(job.turns)]
        seconds, peak = min(measured)
        good = seconds <= job.most and (not job.memory or peak <= job.memory)
        budget = f"<= {job.most:g} s" + (f", <= {job.memory} MiB" if job.memory else "")
        verdict = "good" if good else "MISSED"
        yield (job.what, f"{seconds:.3f}", f"{peak:.0f}", budget, verdict), good


def _measured(name: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "tests.bench.lottery", "--one", name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def _files(tickets: int) -> tuple[bytes, bytes, bytes]:
    """A pool of so many invented tickets, with its declaration and seed."""
    invented = {hashlib.sha256(f"bench {n}".encode()).hexdigest()[:40] for n in range(tickets)}
    pool = lottery.Pool(DRAW, tuple(sorted(invented)))
    told = lottery.Declaration(DRAW, 1, 5, NOON, pool.digest, "-", "-", 0, len(DICE), None)
    seed = lottery.Seed(told.digest, 0, "-", DICE, "-")
    return pool.to_bytes(), told.to_bytes(), seed.to_bytes()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript",
    }  # fmt: skip

    def log_message(self, *_of_the_server: object) -> None:
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`portal demo`: from nothing to a running portal with demo data, and one page to read about it."""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from launch import environment, ports
from launch.console import Problem, say
from launch.engines import Engines
from launch.home import Home
from launch.install import RUNTIME, install
from launch.prepare import prepare
from launch.supervise import Asked, Supervisor

INBOX_PORT = 8025
WEB_WORKERS = 2
WEB_THREADS = 4  # each; a slow line does not keep a whole worker
FIRST_PAGE_PATIENCE = 120.0


def demo(words: Sequence[str]) -> int:
    """Start everything and stay; with --once walk both roads and return the walker's status."""
    began = time.monotonic()
    wish = _parser().parse_args(words)
    port = wish.port or (ports.any_free() if wish.once else environment.DEFAULT_PORT)
    if not ports.free(port):
        raise Problem(
            f"Port {port} is taken by another program. "
            f"Choose another one: python3 portal demo --port {ports.next_free(port)}"
        )
    home = Home.of_environment()
    install(home, RUNTIME)
    with home.locked("demo", "Another demo runs in this home. Stop it, or set PORTAL_HOME."):
        home.remember("public_url", ports.url_of(port))
        smtp = ports.any_free() if wish.once else ports.first_free(environment.DEFAULT_SMTP_PORT)
        home.remember("smtp_url", f"smtp://127.0.0.1:{smtp}")
        with Engines(home) as engines, Supervisor(home, engines) as supervisor:
            try:
                return _run(home, engines, supervisor, wish, began)
            except Asked:
                say("\nStopping.")
                return 130 if wish.once else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 portal demo", allow_abbrev=False)
    parser.add_argument("--port", type=int, help="where the portal listens (8000)")
    parser.add_argument("--once", action="store_true", help="walk both roads, then stop")
    parser.add_argument("--out", type=Path, help="where --once puts what it made")
    return parser


def _run(
    home: Home, engines: Engines, supervisor: Supervisor, wish: argparse.Namespace, began: float
) -> int:
    variables = environment.of(home, engines, "demo")
    url = variables["PUBLIC_URL"]
    mail = home.folder("mail")
    inbox = ports.any_free() if wish.once else ports.first_free(INBOX_PORT)
    sink = ["-m", "launch.mailbox", variables["SMTP_URL"].rpartition(":")[2], str(inbox), str(mail)]
    supervisor.start("mailbox", [sys.executable, *sink])
    prepare(home, variables)
    bootstrap = time.monotonic() - began
    start_web(home, supervisor, variables)
    supervisor.until(lambda: answers(url), FIRST_PAGE_PATIENCE, "did not answer")
    first_page = time.monotonic() - began
    # Worker and beat cost 3 s of a core each to start; nobody waits for them in the first seconds.
    start_celery(home, supervisor, variables)
    if wish.once:
        # The walker's helpers (second-factor codes, verdicts) are commands of this very portal.
        visitor = {
            **variables,
            "PORTAL_SECONDS_BOOTSTRAP": f"{bootstrap:.1f}",
            "PORTAL_SECONDS_FIRST_PAGE": f"{first_page:.1f}",
        }
        out = (wish.out or home.path / "once").absolute()
        return _walk(supervisor, visitor, ["--base-url", url, "--mail-dir", str(mail)], out)
    say(
        f"\nStadtbrücke is there after {first_page:.0f} s: {url}\n"
        f"All demo mail arrives here:  {ports.url_of(inbox)}\n"
        f"Second-factor code:          python3 portal code USER\n\n"
        f"{home.recall('logins').strip()}\n\n"
        f"State and logs: {home.path}. Stop with Ctrl-C."
    )
    supervisor.watch()
    return 0


def start_web(home: Home, supervisor: Supervisor, variables: dict[str, str]) -> None:
    """The web server at the port of PUBLIC_URL."""
    port = int(variables["PUBLIC_URL"].rpartition(":")[2])
    web = [str(home.python), "-m", "gunicorn", "config.wsgi:application"]
    web += ["--workers", str(WEB_WORKERS), "--worker-class", "gthread"]
    web += ["--threads", str(WEB_THREADS)]
    for address in ports.addresses(port):
        web += ["--bind", address]
    # No proxy stands before the demo, so nobody's forwarding headers are believed.
    web += ["--preload", "--no-control-socket", "--forwarded-allow-ips", ""]
    supervisor.start("web", web, variables)


def start_celery(home: Home, supervisor: Supervisor, variables: dict[str, str]) -> None:
    """One worker for all queues, and the clock."""
    celery = [str(home.python), "-m", "celery", "-A", "config.celery:app"]
    worker = [*celery, "worker", "-Q", "draw,pdf,mail,default", "--concurrency", "2"]
    # One worker alone has nobody to agree with; that saves seconds at the start.
    worker += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    schedule = home.folder("run") / "beat-schedule"
    supervisor.start("worker", worker, variables)
    supervisor.start("beat", [*celery, "beat", "-s", str(schedule), "--pidfile="], variables)


def answers(url: str) -> bool:
    """Whether the start page is served; an error page is an answer too, a server error not."""
    # Proxy settings of the machine are for the world outside, not for localhost.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/", timeout=10):
            return True
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False


def _walk(supervisor: Supervisor, variables: dict[str, str], aims: list[str], out: Path) -> int:
    """Walk both roads through the running portal; 2 when the walker is not there."""
    if importlib.util.find_spec("launch.walk") is None:
        say("launch/walk is not there, so --once cannot walk the roads.")
        return 2
    out.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "launch.walk", *aims, "--out", str(out)]
    return supervisor.accompany(command, variables)

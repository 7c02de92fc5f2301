"""The portal's own processes on the ground: web server, Celery worker and clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from types import TracebackType

from django.conf import settings

from launch import process
from launch.home import ROOT
from tests.chaos.ground import Ground, until

CSRF = "c" * 32
PAGE_PATIENCE = 15.0


class Portal:
    """Started on demand, ended with the `with` block; each is a child of ours."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Portal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in reversed(self.children.values()):
            process.signal_group(child.pid, signal.SIGKILL)
            child.wait()

    def start_web(self) -> None:
        address = settings.PUBLIC_URL.partition("://")[2].replace("localhost", "127.0.0.1")
        words = ["gunicorn", "config.wsgi:application", "--workers", "2", "--bind", address]
        self._start("web", [*words, "--no-control-socket"])
        until(lambda: self.get("/")[0] == 200, "the first page")

    def start_celery(self) -> None:
        """A worker with one child, and the clock apart from it, so that the child can be hurt."""
        celery = ["celery", "-A", "config.celery:app"]
        queues = ["-Q", "draw,pdf,mail,default", "--concurrency", "1"]
        self._start("worker", [*celery, "worker", *queues, "--without-gossip", "--without-mingle"])
        schedule = str(self.ground.home.folder("run") / "schedule")
        self._start("beat", [*celery, "beat", "-s", schedule, "--pidfile="])
        until(self._pool, "the worker's child")

    def kill_pool(self) -> None:
        """End the children that do the worker's work; it starts others by itself."""
        for pid in self._pool():
            os.kill(pid, signal.SIGKILL)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page in German; 0 when nobody answered."""
        return self._ask(urllib.request.Request(settings.PUBLIC_URL + path))

    def post(self, path: str, session: str, **fields: str) -> tuple[int, float]:
        """Send a form as somebody who is logged in; status and seconds."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
        request = urllib.request.Request(settings.PUBLIC_URL + path, body)
        names = (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME)
        request.add_header("Cookie", f"{names[0]}={CSRF}; {names[1]}={session}")
        began = time.monotonic()
        status, _text = self._ask(request)
        return status, time.monotonic() - began

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        request.add_header("Accept-Language", "de")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)
        try:
            with opener.open(request, timeout=PAGE_PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(errors="replace")
        except OSError:
            return 0, ""

    def _start(self, name: str, words: list[str]) -> None:
        with self.ground.home.fresh_log(name).open("wb") as log:
            self.children[name] = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=process.dies_with_parent(signal.SIGKILL),
            )

    def _pool(self) -> list[int]:
        pid = self.children["worker"].pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in found.split()]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_of_urllib: object) -> None:
        return None

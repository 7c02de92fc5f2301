"""Many people apply at the same moment, at a real web server: everybody gets a ticket, once.

The suite sends a small crowd; `RUSH=500 python3 portal test tests/circles/test_rush.py -n 0 -s`
sends the one of the budget and prints how long they waited.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from circles.models import Application, Call
from foundation.posting import human
from launch import ports
from launch.home import ROOT
from tests.circles.factories import make_call
from tests.circles.test_applications import filled_in
from tests.worker import end_other_sessions, environment_of, until

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = int(os.environ.get("RUSH", "30"))
HOST = urlsplit(settings.PUBLIC_URL).netloc


@contextmanager
def web_server(place):
    """Two processes with four threads each, as the demonstration runs; yields the port."""
    port = ports.any_free()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--workers", "2"]
    command += ["--worker-class", "gthread", "--threads", "4", "--bind", f"127.0.0.1:{port}"]
    with (place / "web.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment_of(1), stdout=log, stderr=log, start_new_session=True
        )
    try:
        until(lambda: _answers(port), "the first page")
        yield port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        end_other_sessions()


def _answers(port: int) -> bool:
    try:
        return _ask(port, "GET", "/robots.txt")[0] == 200
    except OSError:
        return False


def _ask(port: int, method: str, path: str, body: str = "", cookie: str = ""):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    line.request(method, path, body, {"Host": HOST, "Cookie": cookie, **form})
    answer = line.getresponse()
    found = answer.status, answer.headers, answer.read().decode()
    line.close()
    return found


def test_everybody_who_sends_at_the_same_moment_gets_one_ticket(otto, tmp_path):
    call = make_call(otto)
    path = reverse("apply", args=[call.circle.slug])
    form = filled_in(call)  # no thread of the crowd speaks to the database itself
    waited: list[float] = []
    answers: list[int] = []
    with web_server(tmp_path) as port:
        _status, headers, page = _ask(port, "GET", path)
        cookie = headers["Set-Cookie"].partition(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        start = threading.Barrier(CROWD)

        def apply(number: int) -> None:
            person = {"name": f"Eilig {number}", "email": f"eilig{number}@example.org"}
            person |= {"phone": f"0521 9{number:05d}", "stamp": human.new_stamp(age=60)}
            body = urlencode(form | person | {"csrfmiddlewaretoken": token})
            start.wait()
            begun = time.monotonic()
            answers.append(_ask(port, "POST", path, body, cookie)[0])
            waited.append(time.monotonic() - begun)

        crowd = [threading.Thread(target=apply, args=[n]) for n in range(CROWD)]
        for person in crowd:
            person.start()
        for person in crowd:
            person.join()

    assert answers == [302] * CROWD
    stored = Application.objects.filter(call=Call.objects.get())
    assert stored.count() == CROWD
    assert len(set(stored.values_list("ticket", flat=True))) == CROWD
    slow = sorted(waited)[int(CROWD * 0.99) - 1]
    sys.stdout.write(
        f"{CROWD} at once: median {sorted(waited)[CROWD // 2]:.2f} s, p99 {slow:.2f} s\n"
    )

"""The office's list of applications: questions to the database, and processor time of both sides.

`BENCH_SIZE=5000 python3 portal test tests/bench -n 0 -s` prints the figures and holds them against
the budget; without it the test is quick and looks at the questions only.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.template import Template
from django.test.utils import _TestState
from django.urls import reverse

from config.demo import crowd
from tests.circles.factories import make_call
from tests.conftest import login

SIZE = int(os.environ.get("BENCH_SIZE", "0"))
ROUNDS = 50 if SIZE else 1
BUDGET_MS = 25.0
TICKS = os.sysconf("SC_CLK_TCK")
WISHES = {
    "all": {},
    "search": {"q": "Abendrot"},
    "search nothing": {"q": "gibtesnicht"},
    "reference": {"q": "v000 321"},
    "state": {"state": "submitted"},
    "mine": {"state": "mine"},
    "last page": {"page": "9999"},
}


def database_ms() -> float:
    """Processor time of this connection's database process so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICKS


@pytest.fixture
def office(client, otto):
    call = make_call(otto)
    crowd.fill_call(call, SIZE or 60)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE circles_application")
    return login(client, otto), reverse("application_list", args=[call.pk])


def test_the_list_within_its_budget(office, django_assert_max_num_queries, monkeypatch):
    browser, path = office
    for wish in WISHES.values():
        browser.get(path, wish)  # templates and plans are warm now
        with django_assert_max_num_queries(10):
            browser.get(path, wish)
    # Tests watch every template; a server does not.
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    # In one test: what another has rolled back is still swept over by the database.
    spent = {name: spent_on(browser, path, wish) for name, wish in WISHES.items()}
    assert not SIZE or [name for name, ms in spent.items() if ms > BUDGET_MS] == []


def spent_on(browser, path, wish):
    """Milliseconds of a page in the median of all rounds here, and in the mean of them there."""
    here, there = [], database_ms()
    for _round in range(ROUNDS):
        began = time.process_time()
        browser.get(path, wish)
        here.append((time.process_time() - began) * 1000)
    app, database = statistics.median(here), (database_ms() - there) / ROUNDS
    words = " ".join(wish.values()) or "-"
    sys.stdout.write(
        f"{SIZE or 60:>7} {words:<15} app {app:5.1f} ms  database {database:5.1f} ms\n"
    )
    return app + database

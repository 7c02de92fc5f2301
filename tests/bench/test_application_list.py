"""The office's list of applications: questions to the database, and processor time of both sides.

`BENCH_SIZE=5000 python3 portal test tests/bench -n 0 -s` prints the figures and holds them against
the budget; without it the test is quick and looks at the questions only.
"""

from __future__ import annotations

import os
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
ROUNDS = 20 if SIZE else 1
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


@pytest.mark.parametrize("wish", WISHES)
def test_the_list_within_its_budget(office, wish, django_assert_max_num_queries, monkeypatch):
    browser, path = office
    browser.get(path, WISHES[wish])  # templates and plans are warm now
    with django_assert_max_num_queries(10):
        browser.get(path, WISHES[wish])
    # Tests watch every template; a server does not.
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    here, there = time.process_time(), database_ms()
    for _round in range(ROUNDS):
        browser.get(path, WISHES[wish])
    spent_here = (time.process_time() - here) * 1000 / ROUNDS
    spent_there = (database_ms() - there) / ROUNDS
    sys.stdout.write(
        f"{SIZE or 60:>7} {wish:<15} app {spent_here:5.1f} ms  database {spent_there:5.1f} ms\n"
    )
    assert not SIZE or spent_here + spent_there <= BUDGET_MS

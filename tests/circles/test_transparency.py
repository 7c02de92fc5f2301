"""`/transparenz/`: the same rows on the page and in the files, and nobody's name."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from circles.calling import trials
from circles.models import Draw, Objection
from circles.reviewing import objections, reviews
from circles.seating import circles
from formats.models import WorkOrder
from tests.circles.factories import make_application, make_call, make_circle, text

ENGLISH = {"accept-language": "en"}


def rows(client, name: str) -> list[list[str]]:
    response = client.get(reverse("transparency_csv", args=[name]), headers=ENGLISH)
    assert response["Content-Disposition"].startswith(f'attachment; filename="{name}-')
    data = response.content.decode()
    assert data.startswith("\ufeff")
    return list(csv.reader(io.StringIO(data[1:]), delimiter=";"))


@pytest.fixture
def page(client, db):
    def read() -> str:
        return client.get(reverse("transparency"), headers=ENGLISH).content.decode()

    return read


def test_every_draw_stands_there_in_figures_and_nobodys_name(client, page, drawn):
    draw = Draw.objects.get()
    head, row = rows(client, "auslosungen")

    by_title = dict(zip(head, row, strict=True))
    assert {name: by_title[name] for name in ("Received", "Admitted", "Not admitted")} == {
        "Received": "8", "Admitted": "7", "Not admitted": "1",
    }  # fmt: skip
    assert by_title["Versions"] == "1"
    assert by_title["Result"] == drawn.result_sha256
    shown = page()
    assert draw.call.draw_id in shown
    for application in draw.call.applications.all():
        assert application.name not in shown
        assert application.name not in str(row)


def test_what_is_overdue_is_not_hidden(client, page, otto, rita):
    application = make_application(make_call(otto))
    for reviewer in (otto, rita):
        reviews.review(
            application, unmet={application.call.criteria.first(): "woanders"}, by=reviewer
        )
    objections.record(application, "Doch!", by=otto)
    assert [line[0] for line in rows(client, "ueberfaellig")[1:]] == []
    Objection.objects.update(recorded_at=timezone.now() - dt.timedelta(days=8))
    WorkOrder.objects.update(due_on=timezone.localdate() - dt.timedelta(days=1))
    circle = application.call.circle
    circles.begin_work(circle, reason=text("Ein Anfang.", "A beginning."), by=otto)

    assert [line[0] for line in rows(client, "ueberfaellig")[1:]] == [
        f"Work order {circle.work_order.number}",
        "Objection to a rejection",
        "Circle with empty seats: 0 of 15",
    ]
    assert "Doch!" not in page()


def test_what_happens_in_a_trial_is_not_overdue(client, otto, rita):
    trial = trials.begin(make_call(otto, opened=False), by=otto)
    application = make_application(trial)
    for reviewer in (otto, rita):
        reviews.review(application, unmet={trial.criteria.first(): "woanders"}, by=reviewer)
    objections.record(application, "Doch!", by=otto)
    Objection.objects.update(recorded_at=timezone.now() - dt.timedelta(days=8))

    assert not objections.overdue().exists()


def test_cells_are_no_formulas(client, otto):
    circle = make_circle(otto, name="=HYPERLINK(1)")
    circles.begin_work(circle, reason=text("@SUM(1)"), by=otto)

    assert rows(client, "ueberfaellig")[1][1:] == ["'=HYPERLINK(1)", "", "'@SUM(1)"]


def test_an_empty_portal_says_so(page):
    shown = page()

    for sentence in ("No pool has been closed yet.", "Nothing is overdue."):
        assert sentence in shown


def test_an_unknown_table_is_nothing(client, db):
    assert client.get(reverse("transparency_csv", args=["alles"])).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_as_much_for_one_circle_as_for_three(
    page, otto, many, django_assert_num_queries
):
    for _ in range(many):
        circles.begin_work(make_circle(otto), reason=text("Ein Anfang."), by=otto)
    WorkOrder.objects.update(due_on=timezone.localdate() - dt.timedelta(days=1))
    page()
    with django_assert_num_queries(12):
        page()

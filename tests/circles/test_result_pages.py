"""Results on pages: the list, one of them, feed, table, start page, transparency and desk."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from circles.resulting import results
from tests.circles.factories import text
from tests.circles.results import (
    DAY,
    add_measure,
    adopted,
    finalised,
    office_order,
    prepared,
    presented,
    publish,
    published,
    second_office,
)
from tests.circles.test_result_answers import give
from tests.circles.test_transparency import rows
from tests.conftest import login

pytestmark = pytest.mark.usefixtures("adopted_ground")
ENGLISH = {"accept-language": "en"}


def read(client, name, *args, query="", **data):
    return client.get(reverse(name, args=args) + query, headers=ENGLISH).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_does_not_ask_per_result(client, otto, many, django_assert_num_queries):
    for _ in range(many):
        give(published(otto), otto)
    with django_assert_num_queries(5):
        client.get(reverse("result_list"))


def test_the_page_of_a_result_costs_few_queries(client, otto, django_assert_max_num_queries):
    circle = finalised(otto)
    result = published(otto, order=presented(circle.work_order, otto))
    for _ in range(3):
        add_measure(result, by=otto)
    give(result, otto)
    with django_assert_max_num_queries(10):
        page = read(client, "result", result.work_order.number)
    decision = circle.decisions.get(kind="proposal")
    assert decision.wording in page
    assert decision.number in page
    assert str(circle.name) in page


@pytest.mark.req("R131")
def test_the_list_shows_what_is_overdue_and_filters_by_it(client, otto):
    late, fine = published(otto, due=5), published(otto, due=50)
    with time_machine.travel(timezone.now() + 10 * DAY):
        shown = read(client, "result_list")
        filtered = read(client, "result_list", query="?offen=1")
        page = read(client, "result", late.work_order.number)

    assert shown.count("Answer overdue since") == 1
    assert late.work_order.number in filtered
    assert fine.work_order.number not in filtered
    assert "Answer overdue since" in page


def test_prepared_results_are_for_the_office_only(client, otto):
    result = prepared(otto, title=text("Geheim noch"))
    add_measure(result, by=second_office())
    number = result.work_order.number
    office = login(Client(headers=ENGLISH), otto)

    for name, args in (
        ("result_list", []), ("home", []), ("transparency", []), ("result_feed", []),
        ("work_order", [number]),
    ):  # fmt: skip
        assert "Geheim noch" not in read(client, name, *args)
    assert client.get(reverse("result", args=[number])).status_code == 404
    assert client.get(reverse("result_document", args=[number])).status_code == 404
    assert "Geheim noch" in read(office, "result", number)
    assert "Publish the result" in read(office, "result", number)
    own = read(login(Client(headers=ENGLISH), second_office()), "result", number)
    assert "Somebody else of the office publishes it." in own


def test_feed_start_page_and_table_tell_of_results_and_answers(client, otto):
    result = published(otto)
    give(result, otto)
    results.withhold(prepared(otto), text("Rechte Dritter"), by=otto)

    feed = read(client, "result_feed")
    assert feed.count("<entry>") == 2
    assert "What became of it: Twelve lamps" in feed
    home = read(client, "home")
    assert "Twelve lamps" in home
    assert "Six lamps stand." in home
    head, *lines = rows(client, "ergebnisse")
    told = [dict(zip(head, line, strict=True)) for line in lines]
    assert [(row["Result"], row["State"], row["Measures"], row["Answers"]) for row in told] == [
        ("", "not published", "0", "0"), ("Twelve lamps", "published", "1", "1"),
    ]  # fmt: skip
    assert told[0]["Reason for not publishing"] == "Rechte Dritter"


def test_overdue_answers_and_measures_stand_on_the_transparency_page(client, otto):
    result = published(otto, due=5)
    with time_machine.travel(timezone.now() + 100 * DAY):
        _head, *lines = rows(client, "ueberfaellig")
    told = [line[0] for line in lines]
    assert told[:2] == ["Answer: what became of it?", "Measure of a result"]
    assert lines[0][1] == "Twelve lamps"
    assert result.measures.get().is_under_way


def test_the_desk_leads_from_the_decision_to_the_answer(otto, olaf):
    circle = adopted(otto)
    desk = login(Client(headers=ENGLISH), otto)
    assert "End the work order: Abends gut nach Hause" in read(desk, "desk")
    finalised_circle = finalised(otto, circle=circle)
    order = presented(finalised_circle.work_order, otto)
    assert f"Prepare the result of work order {order.number}" in read(desk, "desk")
    result = prepared(otto, order=order)
    assert "Look at a result and publish it: Twelve lamps" in read(desk, "desk")
    olga = login(Client(headers=ENGLISH), second_office())
    assert "Look at a result and publish it" not in read(olga, "desk")
    results.send_back(result, "Kürzer", by=otto)
    assert "Change a result that was sent back: Twelve lamps" in read(olga, "desk")

    published(otto, due=5)
    with time_machine.travel(timezone.now() + 100 * DAY):
        late = read(login(Client(headers=ENGLISH), otto), "desk")
    assert "What became of it? Twelve lamps" in late
    assert "Measure 1 is late: Put up lamps" in late


def test_the_page_of_the_circle_leads_to_the_result(client, otto):
    circle = adopted(otto)
    office = login(Client(headers=ENGLISH), otto)
    assert "End the work order with an adopted proposal" in read(office, "circle", circle.slug)
    finalised(otto, circle=circle)
    result = prepared(otto, order=presented(circle.work_order, otto))
    assert "To the result" not in read(client, "circle", circle.slug)
    published_ = result.work_order.number
    publish(result, otto)
    page = read(client, "circle", circle.slug)
    assert reverse("result", args=[published_]) in page
    assert 'aria-current="step"' not in page  # all six steps are done


def test_with_the_result_everybody_reads_what_the_circle_adopted(client, otto):
    circle = finalised(otto)
    decision = circle.decisions.get(kind="proposal")
    version = reverse("released_version", args=[circle.slug, decision.version.n])
    assert version not in read(client, "decision_public", circle.slug, decision.n)
    assert client.get(version).status_code == 404
    result = published(otto, order=presented(circle.work_order, otto))
    assert result.is_public
    assert version in read(client, "decision_public", circle.slug, decision.n)
    page = read(client, "released_version", circle.slug, decision.version.n)
    assert "Warmes Licht" in page and "The circle has adopted this version." in page
    assert reverse("decision_public", args=[circle.slug, decision.n]) in page


def test_twenty_results_fill_a_page(client, otto):
    order = office_order(otto)
    assert "No result has been published yet." in read(client, "result_list")
    published(otto, order=order)
    assert "No answer is overdue." in read(client, "result_list", query="?offen=1")

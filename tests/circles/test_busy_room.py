"""The front page of a busy room: twelve questions to the database at most."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circles.models import (
    Circle,
    Contribution,
    ContributionAnswer,
)
from circles.seating import memberships
from config.pages.desk import of_rooms
from tests.circles.factories import circle_at_work
from tests.circles.proposing import seat
from tests.circles.rooms import fill_room
from tests.conftest import login

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.req("R114")]
ENGLISH = {"accept-language": "en"}
QUERIES = 12


def room_of(circle: Circle) -> str:
    return reverse("room", args=[circle.slug])


@pytest.fixture
def circle(otto):
    return circle_at_work(otto, members=9)


@pytest.mark.parametrize("who", ["member", "office"])
@pytest.mark.parametrize("many", [1, 10])
def test_twelve_questions_at_any_size(circle, otto, who, many):
    fill_room(circle, otto, many=many)
    browser = login(Client(), seat(2) if who == "member" else otto)
    address = room_of(circle)
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = browser.get(address, headers=ENGLISH)
    words = page.content.decode()
    assert len(queries) == QUERIES
    assert f"{6 * many} suggestion" in words
    assert f"Version {3 * many}" in words
    assert f"Sache {many - 1}" in words
    waits = [(each.kind, each.decision.title) for each in page.context["waiting"]]
    wanted = [("voice", f"Sache {n}") for n in range(many)]
    assert waits == (wanted if who == "member" else [])


def test_an_answered_suggestion_waits_no_more_and_hosts_learn_of_the_others(circle, otto):
    fill_room(circle, otto, many=1)
    every = Contribution.objects.all()
    term = memberships.term_of(circle, seat(2))
    ContributionAnswer.objects.create(contribution=every[0], outcome="accepted", member=term)
    words = login(Client(), seat(2)).get(room_of(circle), headers=ENGLISH).content.decode()
    assert "5 suggestions of your networks wait for an answer" in words
    told = [each.what for each in of_rooms.items(otto)]
    assert "5 suggestions wait for an answer: Abends gut nach Hause" in told
    assert not any("suggestion" in each.what for each in of_rooms.items(seat(2)))
    for each in every[1:]:
        ContributionAnswer.objects.create(contribution=each, outcome="accepted", member=term)
    words = login(Client(), seat(2)).get(room_of(circle), headers=ENGLISH).content.decode()
    assert "suggestion" not in words
    assert not any("suggestion" in each.what for each in of_rooms.items(otto))


def test_each_matter_stands_on_the_desk_once(circle, otto):
    fill_room(circle, otto, many=3)
    for person in (otto, seat(2)):
        urls = [each.url for each in of_rooms.items(person)]
        tasks_page = reverse("task_list", args=[circle.slug])
        assert len(urls) == len(set(urls)) + max(0, urls.count(tasks_page) - 1)

"""The front page of a busy room: twelve questions to the database at most."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circles.deciding import rounds, votes
from circles.models import Circle, Contribution, ContributionAnswer, ReviewLink
from circles.proposing import answers, feedback_rounds, remarks, sections, versions
from circles.seating import acting, circles, memberships
from config.pages.desk import of_rooms
from formats.weighing import work_orders
from tests.circles.deciding import begin_other, open_round, people_of, speak
from tests.circles.factories import circle_at_work, text
from tests.circles.proposing import end_time, say, seat
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


@pytest.mark.parametrize("many", [1, 10])
def test_twelve_questions_at_any_size(circle, otto, many):
    fill_room(circle, otto, many=many)
    wanted = [("voice", f"Sache {n}") for n in range(many)]
    for person, waits in ((seat(2), wanted), (otto, [])):
        browser = login(Client(), person)
        browser.get(room_of(circle))
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(room_of(circle), headers=ENGLISH)
        words = page.content.decode()
        assert len(queries) == QUERIES
        assert f"{6 * many} suggestion" in words
        assert f"Version {3 * many}" in words
        assert f"Sache {many - 1}" in words
        assert [(each.kind, each.decision.title) for each in page.context["waiting"]] == waits


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
    told = [each.what for each in of_rooms.items(otto)]
    assert not any("suggestion" in each for each in told)
    over = "Close the round of feedback: Abends gut nach Hause"
    assert over not in told
    end_time(every[0].link.round)
    assert over in [each.what for each in of_rooms.items(otto)]


def test_each_matter_stands_on_the_desk_once(circle, otto):
    fill_room(circle, otto, many=3)
    for person in (otto, seat(2)):
        urls = [each.url for each in of_rooms.items(person)]
        tasks_page = reverse("task_list", args=[circle.slug])
        assert len(urls) == len(set(urls)) + max(0, urls.count(tasks_page) - 1)


def test_a_circle_ends_for_all_its_rooms_and_not_while_it_decides(circle, otto):
    fill_room(circle, otto, many=1)
    work_orders.close(circle.work_order, text("Der Rat hat anders entschieden."), by=otto)
    with pytest.raises(circles.NotAtItsEnd, match="still deciding something"):
        circles.end(circle, by=otto)
    open_one = circle.decisions.get(decided_at=None)
    speak(open_round(open_one), people_of(circle))
    rounds.close(open_round(open_one), by=otto)
    circles.end(circle, by=otto)
    circle.refresh_from_db()

    proposal, link = circle.proposal, ReviewLink.objects.get()
    part = sections.parts_of(proposal)[0]
    for act in (
        lambda: sections.write(part.section, text("Zu spät."), based_on=2, by=seat(1)),
        lambda: versions.keep(proposal, by=seat(1)),
        lambda: remarks.raise_point(proposal, "Noch etwas?", by=seat(1)),
        lambda: answers.answer(Contribution.objects.first(), "accepted", by=seat(1)),
        lambda: begin_other(circle, otto),
        lambda: votes.move(open_one, by=seat(1)),
    ):
        with pytest.raises(acting.NotAtWork, match="can be read, not changed"):
            act()
    with pytest.raises(feedback_rounds.RoundOver):
        say(link)
    page = login(Client(), seat(1)).get(room_of(circle), headers=ENGLISH).content.decode()
    assert "The circle has ended; the room can be read, not changed." in page
    assert "What waits for me" not in page
    assert not [each for each in of_rooms.items(seat(1)) if "suggestion" in each.what]

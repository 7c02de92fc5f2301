"""The thread: every step of the way, by day, on the page, on paper and for programs."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from circles.resulting import answers, results
from circles.seating import circles
from config.pages.thread import sheets, steps, whole
from formats.models import Poll, ThreadSheet
from formats.weighing import ballots, ideas, priorities, visions, work_orders
from formats.weighing.priorities import Proposed
from foundation.documents import files
from foundation.effects import work
from tests.circles.factories import circle_at_work, make_call
from tests.circles.results import finalised, prepared, presented, published
from tests.conftest import login
from tests.formats.factories import (
    make_adopted_vision,
    make_vision,
    make_work_order,
    text,
)

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def weigh(vision, otto, dora):
    """The D.I.V. has weighed the vision against another topic; somebody disagreed."""
    made = priorities.set_up(
        vision.adopted_in, title=text("Womit zuerst?", "What first?"), question=text("Was?"),
        topics=[Proposed(vision.title, vision=vision), Proposed(text("Anderes"))],
        method=Poll.Method.DOTS, way=Poll.Way.BALLOT, budget=3, most=3, by=otto,
    )  # fmt: skip
    ballots.enrol(made.poll, {dora: "Verein"})
    ballots.open_vote(made.poll, by=otto)
    options = [str(pk) for pk in made.poll.options.values_list("pk", flat=True)]
    ballots.cast(made.poll.voters.get(), {options[0]: 2, options[1]: 1})
    ballots.close(made.poll, by=otto)
    topic = made.topics.select_related("round__poll").get(vision=vision)
    priorities.dissent(topic, "Erst die Linien.", for_whom="Seniorenrat", by=dora)
    priorities.answer(topic, "adopted", text("Das folgt.", "That follows."), by=otto)


def told(number: int) -> dict:
    out = io.StringIO()
    call_command("thread", str(number), "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.req("R109")
@pytest.mark.req("R113")
def test_the_thread_names_every_step_in_order(client, otto, dora):
    vision = make_adopted_vision(otto)
    idea = ideas.send(title="Ein Bus auf Zuruf", text="", action_field=vision.action_field)
    ideas.answer(
        idea, text("Teil der Vision."), vision=vision, public_title=text("Bus", "A bus on call"),
        public_text=text("Ein Bus."), by=otto,
    )  # fmt: skip
    weigh(vision, otto, dora)
    order = make_work_order(otto, vision=vision)
    circle = circle_at_work(otto, members=1, order=order)
    call = make_call(otto, circle=circle)

    kinds = [step["kind"] for step in told(vision.thread)["steps"]]
    # The vision was adopted yesterday; all that followed happened today.
    assert kinds == ["vision", "idea", "priority", "work_order", "circle", "call", "work"]
    page = client.get(reverse("thread", args=[vision.thread]), headers=ENGLISH)
    words = page.content.decode()
    assert page.status_code == 200
    for sentence in (
        "A bus on call", "Rank 1 of 2 topics.", "Minority, for Seniorenrat: “Erst die Linien.”",
        "Answer of the office: taken up. That follows.", order.number, circle.number,
        "Die Auslosung kommt noch.", str(call.question),
    ):  # fmt: skip
        assert sentence in words
    for place in (
        reverse("idea", args=[idea.number]), reverse("vision", args=[vision.slug]),
        reverse("work_order", args=[order.number]), reverse("circle", args=[circle.slug]),
        reverse("call", args=[circle.slug]),
    ):  # fmt: skip
        assert f'href="{place}"' in words


@pytest.mark.req("R112")
def test_an_order_that_was_handed_over_stays_in_the_thread_with_the_one_that_follows(otto):
    order = make_work_order(otto)
    circles.found_circle(order, name=text("Zirkel"), purpose=text("Zweck"), by=otto)
    due = timezone.localdate()
    successor = work_orders.hand_over(order, text("Niemand kam."), due_on=due, by=otto)
    work_orders.begin_office_project(successor, title=text("Projekt des Büros"), by=otto)

    steps_told = told(order.vision.thread)["steps"]
    titles = [step["title"] for step in steps_told if step["kind"] == "work_order"]
    assert [title.partition(":")[0] for title in titles] == [order.number, successor.number]
    assert "Projekt des Büros" in [step["title"] for step in steps_told]


@pytest.mark.req("R132")
def test_the_thread_ends_with_measures_and_what_is_owed(client, otto):
    order = presented(finalised(otto).work_order, otto)
    result = published(otto, order=order, due=60)
    kinds = [(step["kind"], step["state"]) for step in told(order.vision.thread)["steps"][-5:]]
    # It was shown yesterday.
    assert [kind for kind, _state in kinds] == [
        "decision",
        "decision",
        "result",
        "measure",
        "answer",
    ]
    page = client.get(reverse("thread", args=[order.vision.thread]), headers=ENGLISH)
    decided = order.circle.decisions.get(kind="proposal")
    leads_to = reverse("decision_public", args=[order.circle.slug, decided.n])
    assert f'href="{leads_to}"' in page.content.decode()
    assert "The office answers by this day" in page.content.decode()
    assert "An answer is overdue" not in page.content.decode()

    with time_machine.travel(timezone.now() + dt.timedelta(days=61)):
        words = client.get(page.wsgi_request.path, headers=ENGLISH).content.decode()
        assert "An answer is overdue:" in words
        answers.give(result, text("Gebaut.", "Built."), next_due_on=None, is_final=True, by=otto)
        words = client.get(page.wsgi_request.path, headers=ENGLISH).content.decode()
    assert "An answer is overdue:" not in words
    assert "Built." in words and "It came late." in words


def test_a_result_that_is_not_published_says_why_in_the_thread(client, otto):
    result = prepared(otto)
    path = reverse("thread", args=[result.work_order.vision.thread])
    assert "is not published" not in client.get(path, headers=ENGLISH).content.decode()
    results.withhold(result, text("Ein Gericht prüft.", "A court examines it."), by=otto)
    words = client.get(path, headers=ENGLISH).content.decode()
    assert "The result is not published" in words and "A court examines it." in words


def test_a_draft_has_no_public_thread_and_the_next_one_has_the_next_number(client, otto):
    draft, adopted = make_vision(otto), make_adopted_vision(otto, title="Zweite")
    assert adopted.thread == draft.thread + 1
    assert client.get(reverse("thread", args=[draft.thread])).status_code == 404
    assert client.get(reverse("thread", args=[999])).status_code == 404
    assert login(client, otto).get(reverse("thread", args=[draft.thread])).status_code == 200
    with pytest.raises(CommandError, match=f"There is no public thread {draft.thread}") as refusal:
        told(draft.thread)
    assert refusal.value.returncode == 2


def test_a_vision_that_was_set_aside_says_why(client, otto):
    vision = make_adopted_vision(otto)
    visions.set_aside(vision, reason=text("Das Land macht es.", "The state does it."), by=otto)
    words = client.get(reverse("thread", args=[vision.thread]), headers=ENGLISH).content.decode()
    assert "The state does it." in words


def test_the_five_nodes_say_how_far_it_has_come(otto):
    vision = make_work_order(otto).vision
    nodes = steps.stretches_of(whole.steps_of(vision, otto))
    assert [node.is_reached for node in nodes] == [True, True, False, False, False]
    assert nodes[1].date == timezone.localdate()


def test_the_sheet_is_made_once_for_the_same_words_and_anew_for_others(client, otto):
    vision = make_adopted_vision(otto)
    path = reverse("thread_sheet", args=[vision.thread, "de"])
    assert client.get(path).status_code == 404
    for _round in range(2):
        sheets.order_stale()
        work.drain("pdf")
    assert ThreadSheet.objects.count() == 2
    answer = client.get(path)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    stored = sheets.current(vision, "de")
    assert answer.content == files.read(stored.file)
    assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304

    make_work_order(otto, vision=vision)
    assert client.get(path).status_code == 404
    sheets.order_stale()
    work.drain("pdf")
    assert client.get(path).content != answer.content
    assert client.get(reverse("thread_sheet", args=[vision.thread, "fi"])).status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(client, otto, django_assert_num_queries):
    make_adopted_vision(otto)
    path = reverse("thread_list")
    client.get(path)
    with django_assert_num_queries(1):
        client.get(path)
    for title in ("Zweite", "Dritte"):
        make_adopted_vision(otto, title=title)
    with django_assert_num_queries(1):
        assert client.get(path).status_code == 200

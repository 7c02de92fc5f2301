"""From an idea of somebody to a work order: prioritising in a session, by web pages only."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from formats.models import Idea, PriorityRound, PriorityTopic, Voter, WorkOrder
from foundation.mail.models import OutgoingMail
from foundation.posting import human
from tests.conftest import login
from tests.formats.factories import make_adopted_vision, make_meeting
from tests.formats.voting import make_member

ENGLISH = {"accept-language": "en"}


def post(client, name, args=(), /, **data):
    response = client.post(reverse(name, args=args), data, headers=ENGLISH)
    if response.status_code == 200 and response.context and "form" in response.context:
        raise AssertionError(response.context["form"].errors)
    assert response.status_code == 302, (name, response.status_code)
    return response


def page(client, name, *args) -> str:
    response = client.get(reverse(name, args=args), headers=ENGLISH)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def marks(round_, *points):
    options = round_.poll.options.all()
    return {f"option_{option.pk}": n for option, n in zip(options, points, strict=True)}


@pytest.mark.req("R97")
@pytest.mark.req("R105")
@pytest.mark.req("R106")
@pytest.mark.req("R109")
@pytest.mark.req("R113")
def test_an_idea_is_weighed_answered_and_becomes_an_order(client, otto, do_work):
    office, members = login(Client(), otto), [make_member(otto, name) for name in ("Ada", "Bo")]
    vision = make_adopted_vision(otto, title="Sicher nach Hause")
    meeting = make_meeting(otto)
    number = (meeting.year, meeting.ordinal)

    # Somebody without an account has an idea.
    post(
        client, "idea_send", title="Omas Bank", text="Alte Leute ruhen sich aus.",
        stamp=human.new_stamp(age=60),
    )  # fmt: skip
    idea = Idea.objects.get()

    # The office answers; everybody reads the idea in public words.
    post(
        office, "idea_answer", (idea.pk,), answer_de="Wir legen sie dem D.I.V. vor.",
        vision=vision.pk, public_title_de="Bänke im Schatten",
        public_text_de="Bänke im Schatten für alle.",
    )  # fmt: skip
    assert "Bänke im Schatten für alle." in page(client, "idea", idea.number)
    assert vision.slug in page(client, "idea", idea.number)

    # The chair puts it to the vote beside a vision and a further topic.
    post(
        office, "priority_create", number, title_de="Was zuerst?", title_en="What first?",
        question_de="Womit beginnen?", visions=[vision.pk], ideas=[idea.pk],
        others="Mehr Bäume | More trees", electorate="members", way="ballot", method="dots",
        budget=5, most=3,
    )  # fmt: skip
    round_ = PriorityRound.objects.get()
    assert client.get(reverse("priority", args=[round_.pk])).status_code == 404
    cards = office.post(reverse("priority_cards", args=[round_.pk]))
    assert cards.content.startswith(b"%PDF-") and cards["Cache-Control"] == "no-store"
    post(office, "priority_open", (round_.pk,))

    # Ada votes after login and corrects herself; Bo votes by the link from the mail.
    ada = login(Client(), members[0])
    post(ada, "priority_vote", (round_.pk,), **marks(round_, 0, 0, 3))
    assert "You can change it" in page(ada, "priority_vote", round_.pk)
    post(ada, "priority_vote", (round_.pk,), **marks(round_, 2, 3, 0))
    post(office, "priority_links", (round_.pk,))
    link = OutgoingMail.objects.get(kind="ballot_link")
    assert link.to == members[1].email and link.secret
    bo = Client()
    code = re.search(r"/stimme/(\w+)/", link.body)[1]
    assert bo.get(reverse("vote_enter", args=[code]))["Location"] == reverse("vote")
    post(bo, "vote", **marks(round_, 0, 3, 1))
    assert "Nobody sees a result" in page(client, "priority", round_.pk)

    # The vote is closed; everybody reads figures, reasons, minority and the office's answer.
    post(office, "priority_close", (round_.pk,))
    topics = {str(topic.option): topic for topic in PriorityTopic.objects.all()}
    first = topics["Bänke im Schatten"]
    post(office, "topic_explain", (first.pk,), reason_de="Es hilft sofort.", reason_en="It helps.")
    post(ada, "topic_dissent", (first.pk,), for_whom="Amt Ada", words="Bänke kosten Platz.")
    post(
        office, "topic_answer", (first.pk,), outcome="adopted", answer_reason_de="Wir beginnen.",
        answer_reason_en="We begin.",
    )  # fmt: skip
    shown = page(client, "priority", round_.pk)
    rows = re.findall(r'<td class="n">(\d)</td><th scope="row">(.*?)</th><td class="n">(\d)', shown)
    assert rows == [
        ("1", "Bänke im Schatten", "6"), ("2", "Sicher nach Hause", "2"), ("3", "More trees", "1"),
    ]  # fmt: skip
    for words in ("It helps.", "Bänke kosten Platz.", "taken up.", "We begin.", "2 ballots"):
        assert words in shown

    # What has no next step stays listed, until the office derives an order.
    open_ends = page(client, "loose_end_list")
    assert "Bänke im Schatten" in open_ends and "Sicher nach Hause" in open_ends
    post(
        office, "topic_answer", (first.pk,), outcome="adopted", answer_reason_de="Wir beginnen.",
        vision=vision.pk,
    )  # fmt: skip
    post(
        office, "work_order_create", (vision.slug,), question_de="Wo fehlen Bänke?",
        expected_result_de="Eine Karte", limits_de="Kein Geld", addressee="office",
        contact="Büro", due_on="2030-06-30",
    )  # fmt: skip
    order = WorkOrder.objects.get()
    post(office, "office_project_begin", (order.number,), title_de="Bänke")
    for topic in topics.values():
        post(
            office, "topic_answer", (topic.pk,), outcome="later", answer_reason_de="Noch nicht.",
        )  # fmt: skip
    closed = page(client, "loose_end_list")
    assert "Bänke im Schatten" not in closed and "Sicher nach Hause" not in closed

    # Whoever reads the idea finds what became of it.
    assert "What first?" in page(client, "idea", idea.number)
    assert Voter.objects.filter(poll=round_.poll, has_voted=True).count() == 2

"""A learning cohort with a consultation, from an empty database to an answer, by web pages only."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from formats.learning import check_backs
from formats.models import Consultation, KnowledgeItem, PeerGroup, Recommendation
from foundation.accounts.models import User
from foundation.effects.models import Effect
from foundation.mail.models import OutgoingMail
from tests.conftest import login
from tests.formats.learning_factories import make_actor
from tests.stories import cohort as told
from tests.stories.cohort import NET
from tests.stories.test_citizen import post

ENGLISH = {"accept-language": "en"}


def found_a_network(office) -> None:
    post(office, "learning_network_create", host=make_actor().pk, **told.NETWORK)
    post(office, "learning_network_publish", (NET[0],))
    post(office, "cohort_create", (NET[0],), year=NET[1])
    for kind, title in told.SESSIONS:
        post(office, "learning_session_create", NET, kind=kind, title_de=title)
    post(office, "cohort_start", NET)


def let_people_in(office) -> dict[str, Client]:
    clients = {}
    for name in told.NAMES.split():
        post(office, "cohort_invite", NET, language="de", **told.invited(name))
        user = User.objects.get(email=f"{name.lower()}@example.org")
        clients[name] = login(Client(), user)
        post(clients[name], "cohort_join", NET, organisation=f"{name} AG", accepts_rules="on")
    return clients


def hold_a_consultation(people: list[Client], number: int, seats: dict[str, object]) -> None:
    """The first brings the case, the second moderates, the third takes notes."""
    giver, moderator, note_taker = people
    case = (*NET, number)
    post(giver, "consultation_cast", case, **seats)
    for phase, writer, words in (
        ("planned", None, {}), ("casting", None, {}),
        ("story", giver, {"key_question": told.KEY_QUESTION}),
        ("key_question", None, {}), ("method", moderator, {"method": "good_advice"}),
        ("advice", note_taker, {"text": told.ADVICE}),
    ):  # fmt: skip
        if writer:
            post(writer, "consultation_write", case, **words)
        post(moderator, "consultation_next", case, **{"from": phase})
    advice = Consultation.objects.get(pk=number).advice.get()
    post(giver, "consultation_write", case, takeaway=told.TAKEAWAY, helpful=[advice.pk])
    post(moderator, "consultation_next", case, **{"from": "closing"})


@pytest.mark.req("R72")
@pytest.mark.req("R76")
@pytest.mark.req("R77")
@pytest.mark.req("R85")
def test_a_cohort_learns_and_tells_politics(otto, do_work):
    office = login(Client(), otto)
    found_a_network(office)
    clients = let_people_in(office)
    post(office, "cohort_groups_make", NET)
    first = PeerGroup.objects.get(number=1)
    members = list(first.members.select_related("user"))
    assert len(members) == 7
    giver, moderator, note_taker = (clients[each.user.name] for each in members[:3])

    post(giver, "knowledge_create", NET, openness="cohort", **told.QUESTION)
    question = KnowledgeItem.objects.get()
    post(moderator, "knowledge_reply", (*NET, question.pk), text=told.REPLY)
    post(giver, "consultation_create", NET, **told.CASE)
    case = Consultation.objects.get()
    hold_a_consultation(
        [giver, moderator, note_taker], case.pk,
        {"moderator": members[1].pk, "note_taker": members[2].pk,
         "advisers": [each.pk for each in members[3:]]},
    )  # fmt: skip
    assert Client().get(reverse("consultation", args=[*NET, case.pk])).status_code == 404
    post(giver, "consultation_release", (*NET, case.pk), openness="public")
    page = Client().get(reverse("cohort", args=NET), headers=ENGLISH).content.decode()
    assert page.index("Auftakt") < page.index("Kultur") < page.index("Beratung")
    assert told.CASE["title"] in page
    assert told.QUESTION["title"] not in page

    Effect.objects.filter(kind=check_backs.EFFECT).update(due_at=timezone.now())
    tell_politics(office)
    do_work()
    assert OutgoingMail.objects.filter(kind="learning_check_back").count() == 1
    paper = Client().get(reverse("recommendation_paper", args=[NET[0], 1]))
    assert paper.content.startswith(b"%PDF-")
    assert Recommendation.objects.get().state == "answered"


def tell_politics(office) -> None:
    peers = Consultation.objects.get().cohort.sessions.get(kind="peer_consultation")
    post(office, "recommendation_create", NET, **told.RECOMMENDATION, sessions=[peers.pk])
    post(office, "recommendation_publish", (NET[0], 1))
    post(office, "recommendation_answer", (NET[0], 1), **told.ANSWER)

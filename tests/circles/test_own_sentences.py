"""Whoever wrote a sentence of the adopted proposal finds it again; nobody else is told."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from circles.deciding import decisions
from circles.proposing import own_sentences, proposals, sections, versions
from circles.resulting import finalising
from tests.circles.deciding import adopt_rules, hold_round, people_of
from tests.circles.factories import circle_at_work, make_meeting, text
from tests.circles.results import presented, published
from tests.conftest import login

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def written(otto):
    """Two members wrote one section, one after the other; the circle adopted it."""
    circle = circle_at_work(otto, members=8)
    adopt_rules(circle, otto)
    first, second = people_of(circle)[:2]
    proposal = proposals.begin(circle, text("Licht"), by=first)
    section = sections.add(proposal, text("Wege"), by=first)
    sections.write(section, text("Zwölf Leuchten stehen am Weg."), based_on=1, by=first)
    both = text("Zwölf Leuchten stehen am Weg. Nach 22 Uhr leuchten sie warm.")
    sections.write(section, both, based_on=2, by=second)
    version = versions.keep(proposal, by=first)
    decision = decisions.begin(
        circle, title="Mehr Licht", wording="Wie im Vorschlag.", version=version, by=otto
    )
    hold_round(decision, otto)
    return circle, decision, first, second


@pytest.mark.req("R125")
def test_a_contributor_sees_which_sentences_came_from_them(client, otto):
    circle, decision, first, second = written(otto)
    finalising.finalise(circle, decision, text("Licht."), make_meeting(otto), by=otto)
    published(otto, order=presented(circle.work_order, otto))
    order = circle.work_order
    thread = reverse("thread", args=[order.vision.thread])
    result = reverse("result", args=[order.number])

    brought = {
        person: [part.sentences for part in own_sentences.of(decision.version, person)]
        for person in (first, second, otto)
    }
    assert brought == {
        first: [["Zwölf Leuchten stehen am Weg."]],
        second: [["Nach 22 Uhr leuchten sie warm."]],
        otto: [],
    }
    page = login(Client(), second).get(thread, headers=ENGLISH).content.decode()
    assert "1 sentence of the result came from you." in page
    page = login(Client(), second).get(result, headers=ENGLISH).content.decode()
    assert "This came from you" in page
    for address in (thread, result):
        assert "came from you" not in client.get(address, headers=ENGLISH).content.decode()
    everybody = client.get(result, headers=ENGLISH).content.decode()
    assert "Zwölf Leuchten stehen am Weg. Nach 22 Uhr leuchten sie warm." in everybody

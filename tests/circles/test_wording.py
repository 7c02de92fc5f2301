"""The ready text of a call, and hints for plain words."""

from __future__ import annotations

import pytest
from django.urls import reverse

from circles.calling import calls, readability, wording
from circles.models import Call
from tests.circles.factories import make_call, make_circle, text
from tests.conftest import login

ENGLISH = {"accept-language": "en"}


def test_a_new_call_begins_with_the_pattern_in_both_languages(client, otto):
    circle = make_circle(otto)

    form = login(client, otto).get(reverse("call_create", args=[circle.slug])).context["form"]

    assert form.initial["task_de"] == wording.PATTERN["task"].get("de")
    assert form.initial["not_needed_en"] == wording.PATTERN["not_needed"].get("en")
    assert form.initial["criterion_1_de"] == "Wohnen, arbeiten oder lernen Sie in [Stadt]?"


def test_a_call_with_gaps_cannot_be_opened(otto):
    call = make_call(otto, opened=False)
    calls.edit_call(call, effort=text("[Zahl] | Treffen"), by=otto)

    with pytest.raises(calls.NotOpenable, match=r"Put your own words in place of: \[Zahl\]\."):
        calls.open_call(call, by=otto)
    assert Call.objects.get().state == Call.State.DRAFT


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pattern_itself_is_plain(language):
    said = {
        name: readability.hints(each.get(language), language)
        for name, each in wording.PATTERN.items()
    }

    assert said == {name: [] for name in wording.PATTERN}


def test_long_sentences_long_words_and_passives_are_pointed_out():
    german = (
        "Die Digitalisierungsstrategieentwicklung wird von der Verwaltung gemeinsam mit allen "
        "Beteiligten und unter Einbeziehung der Öffentlichkeit in mehreren Schritten erarbeitet."
    )

    long, words, passive = readability.hints(german, "de")

    assert long.startswith("A long sentence of 19 words: “Die Digitalisierungsstrategieentwicklung")
    assert words.startswith("Long words: Digitalisierungsstrategieentwicklung.")
    assert "wird von der Verwaltung" in passive
    assert "erarbeitet”" in passive
    assert readability.hints("Wir treffen uns. Sie reden mit.", "de") == []
    assert readability.hints("The result was published.", "en") == [
        "Passive voice: “was published”. Say who does it."
    ]


def test_hints_are_no_gate_and_stand_in_the_preview(client, otto):
    call = make_call(otto, opened=False)
    calls.edit_call(call, task=text("Der Vorschlag wird dann von allen geprüft."), by=otto)

    page = login(client, otto).get(reverse("call", args=[call.circle.slug]), headers=ENGLISH)

    assert [hint.where for hint in page.context["hints"]] == ["What the circle does"]
    assert page.context["obstacles"] == []


def test_the_preview_is_what_everybody_will_see(client, otto):
    call = make_call(otto, opened=False)
    path = reverse("call", args=[call.circle.slug])
    office = login(client, otto)

    tools = office.get(path, headers=ENGLISH).content.decode()
    preview = office.get(path, {"vorschau": "1"}, headers=ENGLISH).content.decode()

    assert "Only you see this section." in tools
    assert "Only you see this section." not in preview
    assert "This is how everybody will see the call." in preview

"""The hall follows a draw by itself, and its screen reader hears each thing once."""

from __future__ import annotations

import pytest

from circles.drawing import values
from circles.models import Declaration

pytestmark = pytest.mark.browser

DICE = "16253416253416253412"


@pytest.mark.req("R121")
def test_the_dice_appear_by_themselves_when_both_entries_agree(visit, scene):
    visitor = visit("", "en")
    visitor.open("/auslosung/demo-hall/live/")
    page = visitor.page
    assert page.locator(".sb-dice .is-open").count() == 20
    assert page.inner_text("[data-said]") == ""
    declaration = Declaration.objects.get(draw__call__draw_id="demo-hall")
    values.enter(declaration, DICE, by=scene.people["leo"])
    page.locator(".sb-dice .is-pending").first.wait_for()
    said = "One person has typed the dice; the second types them alone."
    assert page.inner_text("[data-said]") == said
    values.enter(declaration, DICE, by=scene.people["vera"])
    page.locator(f'[aria-label="Confirmed throws: {" ".join(DICE)}."]').wait_for()
    assert page.inner_text("[data-said]").startswith("Everything is there.")
    assert DICE in page.inner_text("[data-said]")
    assert visitor.complaints == []

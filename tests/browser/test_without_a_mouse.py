"""Applying with the keyboard alone on a small phone without JavaScript; focus, skip link, menu."""

import pytest

from circles.models import Application
from foundation.posting import human
from tests.circles.factories import code_for

pytestmark = pytest.mark.browser

CALL = "/zirkel/abends-gut-nach-hause/ausschreibung/"
SMALL = {"width": 320, "height": 640}
FOCUSED = "document.activeElement"
# Kept out of sight, or outside the window, is lost for somebody who follows the focus.
SEEN = """() => {
    const box = document.activeElement.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.top < innerHeight
        && box.left >= 0 && box.right <= innerWidth + 1;
}"""


@pytest.fixture
def keyboard(visit):
    """A small phone without JavaScript whose keys are all that is used."""
    visitor = visit("", "de", java_script_enabled=False)
    visitor.page.set_viewport_size(SMALL)
    return visitor.page


def tab_to(page, wanted: str, *, at_most: int = 60) -> None:
    """Press the tabulator until `wanted` (a CSS selector) has the focus; it is always visible."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            assert page.evaluate(SEEN), wanted
            return
    raise AssertionError(f"{wanted} is not reached by the keyboard")


def press_enter_and_wait(page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.req("R119")
def test_somebody_applies_with_the_keyboard_alone(keyboard, portal, scene, monkeypatch):
    # These keys come quicker than any person's, which the form would ask to look over once more.
    monkeypatch.setattr(human, "QUICKEST_SECONDS", 0.0)
    page = keyboard
    page.goto(portal + CALL)
    page.set_viewport_size(SMALL)
    tab_to(page, "a[href$='/bewerben/']")
    press_enter_and_wait(page)
    tab_to(page, "[name=name]")
    page.keyboard.type("Tilda Tastatur")
    tab_to(page, "[name=email]")
    page.keyboard.type("tilda@example.org")
    for criterion in scene.open_call.criteria.all():
        tab_to(page, f"[name=criterion_{criterion.pk}]")
        page.keyboard.press("Space")
    tab_to(page, "input[type=checkbox]")
    page.keyboard.press("Space")
    tab_to(page, "main button[type=submit]")
    press_enter_and_wait(page)
    assert "/code/" in page.url
    application = Application.objects.get(email="tilda@example.org")
    tab_to(page, "main [name=code]")
    page.keyboard.type(code_for(application))
    press_enter_and_wait(page)
    application.refresh_from_db()
    assert application.state == Application.State.SUBMITTED
    assert page.locator("h1").count() == 1


def test_mistakes_get_the_focus_and_lead_to_their_fields(keyboard, portal):
    page = keyboard
    page.goto(f"{portal}{CALL}bewerben/")
    tab_to(page, "[name=name]")
    page.keyboard.type("Tilda")
    tab_to(page, "main button[type=submit]")
    press_enter_and_wait(page)
    assert page.evaluate(f"{FOCUSED}.className") == "sb-errors"
    assert page.title().startswith("Bitte prüfen")
    assert page.input_value("[name=name]") == "Tilda"
    page.keyboard.press("Tab")
    target = page.evaluate(f"{FOCUSED}.getAttribute('href')")
    page.keyboard.press("Enter")
    assert page.evaluate(f"target => {FOCUSED}.matches(target)", target)


def test_the_first_key_skips_to_the_content(keyboard, portal):
    page = keyboard
    page.goto(portal + "/")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.className") == "sb-skip"
    assert page.evaluate(SEEN)
    page.keyboard.press("Enter")
    assert page.url.endswith("#inhalt")
    page.keyboard.press("Tab")
    assert page.evaluate(f"Boolean({FOCUSED}.closest('main'))")


def test_the_menu_of_a_phone_opens_and_leads_on(keyboard, portal):
    page = keyboard
    page.goto(portal + "/")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, ".sb-menu a[href='/zirkel/']")
    press_enter_and_wait(page)
    assert page.url == f"{portal}/zirkel/"


def test_nothing_moves_the_focus_out_of_sight_on_the_form(keyboard, portal):
    page = keyboard
    page.goto(f"{portal}{CALL}bewerben/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED} === document.body"):
            break
        assert page.evaluate(SEEN), page.evaluate(f"{FOCUSED}.outerHTML.slice(0, 120)")

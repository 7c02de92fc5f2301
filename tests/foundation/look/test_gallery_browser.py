"""The gallery in Chromium: axe finds nothing, nothing sticks out, targets are large enough.

Every page in both themes, wide, on a phone and at 320 px (which is 1280 px at 400 %).
"""

from pathlib import Path

import pytest
from django.utils import translation
from playwright.sync_api import sync_playwright

from tests.foundation.look import samples

pytestmark = pytest.mark.browser

ROOT = samples.TEMPLATES.parent
AXE = (ROOT / "tests/browser/vendor/axe/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-dev-shm-usage", "--allow-file-access-from-files"],
}
OUTSIDE = """[...document.querySelectorAll('main *')].filter(e =>
    e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.sb-keep')
).map(e => e.outerHTML.slice(0, 100))"""
TOO_SMALL = """[...document.querySelectorAll(
    'a, button, input, select, textarea, summary'
)].filter(e => {
    const box = e.getBoundingClientRect(), inline = getComputedStyle(e).display === 'inline';
    return box.width && !inline && Math.min(box.width, box.height) < 24;
}).map(e => e.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, tmp_path: Path):
    """visit(page, theme, width) opens a page of the gallery, with the real style sheets."""
    opened = []

    def go(name, theme, width):
        with translation.override("de"):
            html = samples.render(name, theme=theme)
        target = tmp_path / f"{name}.html"
        target.write_text(html.replace('"/static/', f'"file://{ROOT}/static/'))
        page = chromium.new_page(viewport={"width": width, "height": 900})
        opened.append(page)
        page.goto(target.as_uri())
        return page

    yield go
    for page in opened:
        page.close()


@pytest.mark.parametrize("name", samples.PAGES)
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing(visit, name, theme, width):
    page = visit(name, theme, width)
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


@pytest.mark.parametrize("name", samples.PAGES)
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_sticks_out_and_every_target_can_be_hit(visit, name, width):
    page = visit(name, "light", width)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(TOO_SMALL) == []


def test_the_error_summary_has_the_focus_without_a_script(visit):
    page = visit("form", "light", 1280)
    assert page.evaluate("document.activeElement.className") == "sb-errors"


def test_the_menu_of_the_phone_opens_without_a_script(visit):
    page = visit("home", "light", 390)
    page.click("summary")
    assert page.is_visible(".sb-menu a[aria-current=page]")

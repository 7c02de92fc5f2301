"""Every page of the gallery renders, and its markup keeps the promises of accessibility.

What a browser must judge (axe, overflow, themes) is in tests/browser.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.utils import translation

from tests.foundation.look import samples

TEMPLATES = sorted(samples.TEMPLATES.rglob("*.html"))
FOR_MAIL_AND_PRINT = {"mail", "print"}


class Page(HTMLParser):
    """Collects the elements of a page with their attributes, in order."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.open = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, *tags):
        return [attrs for tag, attrs in self.elements if tag in tags]


@pytest.fixture(params=samples.PAGES)
def page(request):
    with translation.override("de"):
        return Page(samples.render(request.param))


def test_ids_are_unique_and_every_reference_leads_somewhere(page):
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert sorted(ids) == sorted(set(ids))
    for _, attrs in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            for target in attrs.get(name, "").split():
                assert target in ids, f"{name}={target}"


def test_there_is_one_h1_and_no_heading_level_is_skipped(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-4]", tag)]
    assert levels.count(1) == 1
    seen = 0
    for level in levels[levels.index(1) :]:
        assert level <= seen + 1
        seen = level


def test_pictures_state_their_finding_or_are_hidden(page):
    for attrs in page.all("svg"):
        spoken = attrs.get("role") == "img" and attrs.get("aria-label")
        assert spoken or attrs.get("aria-hidden") == "true" or "sb-key" in attrs.get("class", "")


def test_every_control_has_a_label(page):
    labelled = {attrs["for"] for attrs in page.all("label")}
    for attrs in page.all("input", "select", "textarea"):
        assert attrs.get("type") == "hidden" or attrs["id"] in labelled


def test_nothing_is_inline_that_the_content_policy_forbids(page):
    assert not any("style" in attrs for _, attrs in page.elements)
    assert not page.all("style")
    assert all("src" in attrs for attrs in page.all("script"))
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)


def test_there_is_at_most_one_filled_button(page):
    buttons = [a for a in page.all("a", "button") if "kern-btn--primary" in a.get("class", "")]
    assert len(buttons) <= 1


def test_a_broken_form_opens_with_a_summary_that_leads_to_each_field():
    with translation.override("en"):
        html = samples.render("form")
    page = Page(html)
    assert html.index('class="sb-errors"') < html.index("<h1>")
    summary = next(attrs for attrs in page.all("div") if attrs.get("class") == "sb-errors")
    assert {"tabindex", "autofocus", "role"} <= set(summary)
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    targets = re.findall(r'<li><a href="#([^"]+)"', html)
    assert targets == ["id_mail", "id_tie_0", "id_day", "id_consent"]
    assert set(targets) <= ids
    assert "Four entries need another look" in html


def test_a_wrong_entry_is_said_again_at_its_field_and_kept():
    with translation.override("en"):
        page = Page(samples.render("form"))
    mail = next(attrs for attrs in page.all("input") if attrs.get("id") == "id_mail")
    assert mail["value"] == "clara.beispiel@"
    assert mail["aria-invalid"] == "true"
    assert mail["aria-describedby"] == "id_mail_error id_mail_hint"
    group = page.all("fieldset")
    assert any(attrs.get("aria-describedby") == "id_tie_error" for attrs in group)


def test_an_untouched_form_shows_no_summary():
    html = samples.render("form", form=samples.Application())
    assert "sb-errors" not in html
    assert "aria-invalid" not in html


def test_optional_fields_say_so():
    with translation.override("en"):
        html = samples.render("form")
    assert html.count("(optional)") == 4


def test_texts_of_people_are_escaped_in_figures_and_fields():
    evil = '"><b>x</b>'
    html = samples.render(
        "partnership",
        a=[evil],
        phases=[evil] * 9,
        goals=[samples.goals.Goal(evil, evil, 0, 2, 1, 1)],
    )
    assert "<b>x</b>" not in html


def test_pages_are_light(page):
    html = len(str(page.rawdata)) if page.rawdata else 0
    assert html < 60_000


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_stay_short_and_without_inline_code(template: Path):
    text = template.read_text()
    assert len(text.splitlines()) <= 120
    if template.relative_to(samples.TEMPLATES).parts[0] in FOR_MAIL_AND_PRINT:
        return
    assert not re.search(r"<\w[^>%]*\sstyle=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)

"""The palette keeps its contrast: text 4.5 to 1, marks 3 to 1, in both themes.

Computed from the style sheet itself by the formula of WCAG 2.2.
"""

import re

import pytest

from tests.foundation.look.samples import TEMPLATES

SHEET = (TEMPLATES.parent / "static/css/stadtbruecke.css").read_text()
TEXT = [
    ("ink", "paper"), ("ink", "wash"), ("ink", "bridge-soft"), ("ink", "alert-soft"),
    ("muted", "paper"), ("muted", "wash"), ("bridge", "paper"), ("bridge", "wash"),
    ("bridge", "bridge-soft"), ("on-bridge", "bridge"), ("alert", "paper"), ("alert", "alert-soft"),
    ("city-a", "paper"), ("city-b", "paper"), ("foot-ink", "foot"), ("ink", "land"), ("ink", "sea"),
]  # fmt: skip
MARKS = [
    ("line-strong", "paper"), ("line-strong", "wash"), ("line-strong", "bridge-soft"),
    ("city-a", "land"), ("city-b", "land"), ("bridge", "land"), ("city-a", "bridge-soft"),
]  # fmt: skip


def palette(block):
    return dict(re.findall(r"--sb-([a-z-]+): (#[0-9a-f]{6})", block))


def block_after(selector):
    start = SHEET.index(selector)
    return palette(SHEET[start : SHEET.index("}", start)])


THEMES = {
    "light": block_after(':root, [data-kern-theme="light"] {'),
    "dark": block_after(':root[data-kern-theme="dark"] {'),
}


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_is_readable(theme, front, back):
    colours = THEMES[theme]
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_marks_are_visible(theme, front, back):
    colours = THEMES[theme]
    assert contrast(colours[front], colours[back]) >= 3


def test_the_readers_system_and_the_explicit_choice_give_the_same_dark():
    assert block_after(':root:not([data-kern-theme="light"]) {') == THEMES["dark"]


def test_both_themes_name_the_same_colours():
    assert THEMES["light"].keys() == THEMES["dark"].keys()

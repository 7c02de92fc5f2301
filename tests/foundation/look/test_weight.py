"""The first visit stays light: style sheets, four cut fonts and the page under 120 KB.

Compressed as whitenoise does it; images of the frame are drawn inline.
"""

import gzip

from tests.foundation.look import samples

STATIC = samples.TEMPLATES.parent / "static"
SHEETS = ["vendor/kern/kern.min.css", "css/stadtbruecke.css", "css/components.css"]


def packed(data):
    return len(gzip.compress(data))


def test_first_visit_is_at_most_120_kilobytes_even_with_all_four_weights():
    sheets = sum(packed((STATIC / name).read_bytes()) for name in SHEETS)
    fonts = sum(path.stat().st_size for path in (STATIC / "vendor/kern/fonts").glob("*.woff2"))
    page = max(packed(samples.render(name).encode()) for name in samples.PAGES)
    assert sheets + fonts + page <= 120 * 1024


def test_the_frame_asks_for_at_most_eight_files():
    html = samples.render("home")
    first_visit = html.count('rel="stylesheet"') + 4 + 1  # sheets, font weights, the page itself
    assert first_visit <= 8


def test_no_file_of_the_look_asks_another_host():
    for path in (STATIC / "css").glob("*.css"):
        assert "http" not in path.read_text().replace('[href^="http"]', "")


def test_the_projector_page_is_at_most_15_kilobytes():
    assert len(samples.render("live").encode()) <= 15 * 1024

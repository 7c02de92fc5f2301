"""Every page in every language and theme: whole, quiet, narrow enough, and axe finds nothing."""

import pytest
from django.urls import URLResolver, get_resolver

from tests.browser import areas, pages

pytestmark = pytest.mark.browser

PLACES = pages.every_place()
# Each width, and the theme in which axe sees it: both languages in both themes; the widths take
# turns, for every run of axe costs half a second.
LOOKS = {"de": {1280: "light", 390: "dark", 320: ""}, "en": {1280: "dark", 390: "light", 320: ""}}
# What is no page of its own: it answers a POST, hands out a file, or only leads on.
NO_PAGES = """
health robots set_language revive_effect hold_mail release_mail cancel_mail retry_mail
note_call note_letter confirm_invited open_invitation partnership_move partnership_publish
picture_approve focus_put agreement_new agreement_signatory_release agreement_agree
agreement_publish agreement_pdf meeting_invite meeting_hold
meeting_cancel application_new_code seat_take_back nomination_accept nomination_decline
call_open call_withdraw objection_record objection_decide my_data
my_receipt draw_minutes draw_minutes_internal
draw_file draw_freeze draw_declare draw_confirm draw_take_back
draw_record draw_dice draw_beacon draw_run draw_clock offer_accept offer_decline
offer_enter
"""


@pytest.fixture(params=["de", "en"])
def language(request):
    return request.param


@pytest.fixture(params=PLACES, ids=lambda place: place.name)
def place(request):
    return request.param


def arrive(visitor, place, scene):
    """Open the page, send its form if the place says so; the answer of the last step."""
    answer = visitor.open(place.address(scene))
    if place.sends:
        for name, value in place.fills.items():
            visitor.page.fill(f"{place.sends} [name={name}]", value)
        answer = visitor.submit_unchecked(place.sends)
    return answer


def test_a_page_is_whole_quiet_narrow_and_open_to_all(tour, scene, place, language):
    visitor = tour(place.who, language)
    answer = arrive(visitor, place, scene)
    assert answer.status == place.status
    page = visitor.page
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.get_attribute("html", "lang") == language
    assert page.title().endswith(" – Stadtbrücke") and len(page.title()) > 15
    assert page.locator("h1").inner_text().strip()
    assert visitor.complaints == []
    for width, theme in LOOKS[language].items():
        assert visitor.sticks_out(width) == [], width
        if theme:
            visitor.look_at(theme, width)
            assert visitor.axe() == [], (theme, width)


def test_every_page_of_the_portal_is_looked_at():
    def names(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if pattern.namespace != "admin":
                    yield from names(pattern.url_patterns)
            else:
                yield pattern.name

    others = {name for area in areas.every() for name in area.NO_PAGES.split()}
    looked_at = {place.route for place in PLACES} | set(NO_PAGES.split()) | others
    assert set(names(get_resolver().url_patterns)) - looked_at == set()

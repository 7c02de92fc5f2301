"""Words of the look: moments in two zones, numbers in words, the sentence of a deadline.

In German, English and Finnish where the order differs.
"""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from foundation.look import glyphs, moments
from foundation.look.numbers import in_words
from foundation.look.templatetags import figures, look

EVENING = datetime(2026, 12, 13, 22, 59, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_a_moment_is_told_in_the_zone_of_the_city():
    assert moments.moment_text(EVENING) == "13 December 2026, 23:59"
    assert moments.moment_text(EVENING, "Europe/Helsinki") == "14 December 2026, 00:59"


def test_two_cities_and_the_other_day_where_it_differs():
    pair = ("Bielefeld", "Europe/Berlin", "Tampere", "Europe/Helsinki")
    noon = datetime(2026, 11, 26, 8, tzinfo=UTC)
    assert moments.two_zones_text(noon, *pair) == (
        "26 November 2026, 09:00 in Bielefeld, 10:00 in Tampere"
    )
    assert moments.two_zones_text(EVENING, *pair) == (
        "13 December 2026, 23:59 in Bielefeld, 14 December 2026, 00:59 in Tampere"
    )


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moments.local(datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test


def test_the_machine_reads_the_same_moment():
    assert 'datetime="2026-12-13T22:59:00+00:00"' in look.moment(Context(), EVENING)


def test_in_a_mail_moments_are_words_only():
    told = Template(
        "{% load look %}{% autoescape off %}{% day at %}, {% clock at %}; {% moment at %}"
        "{% endautoescape %}"
    ).render(Context({"at": EVENING}))
    assert told == "13 December 2026, 23:59; 13 December 2026, 23:59"


@pytest.mark.parametrize(
    ("now", "left", "words"),
    [
        (datetime(2026, 11, 23, 8, tzinfo=UTC), 20, "days left"),
        (datetime(2026, 12, 13, 19, tzinfo=UTC), 3, "hours left"),
        (datetime(2026, 12, 13, 22, 30, tzinfo=UTC), 1, "hour left"),
        (datetime(2026, 11, 10, 8, tzinfo=UTC), 3, "days until it opens"),
        (EVENING, None, "closed"),
    ],
)
def test_the_deadline_says_what_is_left(now, left, words):
    shown = figures.deadline(datetime(2026, 11, 12, 23, tzinfo=UTC), EVENING, now)
    assert (shown["left"], shown["words"]) == (left, words)


def test_small_numbers_are_words():
    assert [in_words(n) for n in (1, 12, 13)] == ["one", "twelve", "13"]


def test_signs_carry_their_tone_and_speak_only_when_asked():
    assert "sb-g--alert" in glyphs.glyph("late")
    assert 'aria-hidden="true"' in glyphs.glyph("done")
    assert 'aria-label="&quot;lit&quot;"' in glyphs.glyph("done", label='"lit"')
    with pytest.raises(KeyError):
        glyphs.glyph("smiley")


def test_a_digest_stands_in_groups_of_eight():
    assert look.hash_groups("0123456789abcdef").count("<span>") == 2

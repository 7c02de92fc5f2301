"""The figures draw what they are told: counts, states, positions.

Looked at in the gallery; here the arithmetic behind the drawing.
"""

from datetime import date

import pytest

from foundation.look.figures import (
    bridge,
    clock,
    curve,
    dice,
    europe,
    goals,
    history,
    pool,
    ruler,
    seats,
    votes,
)
from foundation.look.figures.year import Session, strip
from tests.foundation.look import samples

WORDS = {"start": "a", "end": "b", "now": "today", "label": "x"}


def test_fifteen_places_are_drawn_by_shape_and_state():
    svg = seats.plan(samples.groups(), "13", "of 15", "label")
    assert svg.count("<rect") == 5
    assert svg.count('class="seat-free"') == 1
    assert svg.count('class="seat-half"') == 1
    assert svg.count("seat-n") == 15


def test_an_unknown_shape_or_state_is_refused():
    with pytest.raises(ValueError, match="no such shape"):
        seats.shape("star", 0, 0, 1, "seat")
    with pytest.raises(KeyError):
        seats.sign("circle", "sold")


@pytest.mark.parametrize("kind", seats.SHAPES)
def test_an_offered_place_is_half_full_in_every_shape(kind):
    assert 'opacity=".3"' in seats.sign(kind, "offered")


@pytest.mark.parametrize(("current", "ahead"), [(1, 8), (4, 5), (9, 0), (10, 0)])
def test_the_bridge_has_a_hanger_for_every_phase_ahead(current, ahead):
    assert bridge.bridge(9, current).count('class="ahead"') == ahead


def test_all_phases_done_leave_nothing_dotted():
    assert "plan" not in bridge.bridge(9, 10)


@pytest.mark.parametrize(
    ("today", "past", "left"),
    [(date(2026, 11, 23), 10, 20), (date(2026, 11, 1), 0, 31), (date(2027, 1, 1), 31, 0)],
)
def test_the_ruler_has_a_tick_a_day(today, past, left):
    svg = ruler.ruler(date(2026, 11, 13), date(2026, 12, 13), today, **WORDS)
    assert svg.count("40V60") == past
    assert svg.count("v30h-") == left


def test_a_long_period_is_measured_in_weeks():
    svg = ruler.ruler(date(2026, 1, 1), date(2026, 12, 31), date(2026, 1, 1), **WORDS)
    assert svg.count("v30h-") == 52


def test_dice_show_pips_waiting_and_open_throws():
    row = dice.row([6, dice.PENDING, dice.OPEN], "label")
    assert row.count('r="3.4"') == 6
    assert row.count("is-pending") == row.count("is-open") == 1
    with pytest.raises(KeyError):
        dice.die(7)


@pytest.mark.parametrize(
    ("total", "filled", "rings", "each"),
    [(43, 5, 43, 1), (240, 5, 240, 1), (1900, 1, 380, 1), (100_000, 0, 400, 50)],
)
def test_a_large_pool_is_shown_as_a_proportion(total, filled, rings, each):
    assert pool.shown(5, total) == pool.Shown(filled, rings, each)


def test_a_pool_without_lots_draws_nothing():
    assert "<path" not in pool.dots(5, 0, "none")


def test_less_can_be_better():
    svg = goals.chart(goals.Goal("t", "n", 21, 5, 11, 8), goals.Words("21", "5", "11", "8"), "x")
    ring, dot = svg.index('class="ring" cx="30"'), svg.index('class="fill"')
    assert ring < dot
    assert 'cx="251.2"' in svg


def test_a_curve_runs_through_every_value_in_its_time():
    days = [date(2026, 1, 1), date(2026, 1, 6), date(2026, 1, 11)]
    course = [goals.Point(days[1], 4), goals.Point(days[2], 10)]
    goal = goals.Goal("t", "n", 0, 10, 10, None, course=course, since=days[0], due=days[2])
    svg = curve.curve(goal, curve.Words("0", "10", "10", "a", "b"), "x")
    assert 'class="main" d="M30 140L215 100L400 40"' in svg
    assert svg.count('class="fill"') == 2
    assert curve.days_of(goal) == (days[0], days[2])


def test_one_value_alone_is_no_curve():
    point = goals.Point(date(2026, 1, 6), 4)
    assert not curve.is_drawable(goals.Goal("t", "n", 0, 10, 4, course=[point]))
    assert not curve.is_drawable(goals.Goal("t", "n", 0, 10, since=date(2026, 1, 1)))
    assert curve.is_drawable(goals.Goal("t", "n", 0, 10, 4, None, [point], date(2026, 1, 1)))


def test_the_clock_crosses_what_was_missed():
    rings = [
        clock.Ring("a", [clock.Slot(1, "held"), clock.Slot(6, "missed"), clock.Slot(12, "ahead")])
    ]
    svg = clock.clock(rings, date(2026, 7, 1), ["x"] * 12, "1", "b", "label")
    assert svg.count('class="miss"') == 2
    assert svg.count('class="dash"') == 1


def test_the_year_strip_keeps_labels_apart_near_today():
    sessions = [Session(date(2026, 12, 17), "17. 12.", False)]
    svg = strip(2026, sessions, date(2026, 12, 1), list("JFMAMJJASOND"), "heute", "x")
    assert '"e" x="' in svg
    assert svg.count('y="14"') == 2


def test_entries_without_a_time_stay_off_the_axis():
    entries = [
        history.Entry("unknown", "x", "not"),
        history.Entry("2022", "y", "day", date(2022, 3, 17)),
    ]
    assert history.axis(entries).count("<circle") == 1
    assert history.axis(entries[:1]) == ""


@pytest.mark.parametrize(
    ("north", "east", "x", "y"), [(52.0302, 8.5325, 173.5, 495.2), (61.4978, 23.761, 531.4, 82.3)]
)
def test_cities_lie_where_the_outlines_have_them(north, east, x, y):
    assert europe.place(north, east) == pytest.approx((x, y), abs=0.3)


def test_a_city_outside_the_map_is_left_to_the_list():
    svg = europe.draw([europe.Spot("Sevilla", 37.39, -5.98, "b")], [], "label")
    assert "Sevilla" not in svg


def test_every_voice_has_its_own_sign_and_the_threshold_its_line():
    voices = [votes.Voices("yes", 8, "8 yes"), votes.Voices("no", 5, "5 no")]
    svg = votes.rows(voices, 15, "label", votes.Threshold(7, "needed: 7"), "")
    assert svg.count("<g ") == 13
    assert "needed: 7" in svg
    assert "needed: 7" not in votes.rows(voices, 5, "label", votes.Threshold(7, "needed: 7"), "")

"""The arithmetic of votes: what a ballot may carry, ranks, ties."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.weighing.ballot_rules import CHOICE, DOTS, SCORE, Rules, tally

OPTIONS = ["a", "b", "c"]
FIVE_DOTS = Rules(DOTS, budget=5, most=3)


@pytest.mark.parametrize(
    ("rules", "marks", "fault"),
    [
        (FIVE_DOTS, {"a": 3, "b": 2}, ""),
        (FIVE_DOTS, {"a": 1}, ""),
        (FIVE_DOTS, {}, "empty"),
        (FIVE_DOTS, {"a": 4}, "too-high"),
        (FIVE_DOTS, {"a": 3, "b": 3}, "too-many"),
        (FIVE_DOTS, {"a": 0}, "negative"),
        (FIVE_DOTS, {"a": -1, "b": 3}, "negative"),
        (FIVE_DOTS, {"x": 1}, "unknown"),
        (Rules(SCORE, 5, 5), {"a": 0, "b": 5, "c": 5}, ""),
        (Rules(SCORE, 5, 5), {"a": 6}, "too-high"),
        (Rules(CHOICE), {"b": 1}, ""),
        (Rules(CHOICE), {"a": 1, "b": 1}, "too-many"),
    ],
)
def test_what_a_ballot_may_carry(rules, marks, fault):
    assert rules.fault(marks, OPTIONS) == fault


def test_dots_add_up_and_equal_ones_share_a_rank():
    lines = tally(FIVE_DOTS, OPTIONS, [{"a": 3, "b": 2}, {"b": 1, "c": 3}])

    assert [(line.option, line.rank, line.points, line.voices) for line in lines] == [
        ("a", 1, 3, 1), ("b", 1, 3, 2), ("c", 1, 3, 1),
    ]  # fmt: skip


def test_scores_rank_by_their_mean_and_an_unscored_option_comes_last():
    lines = tally(Rules(SCORE, 5, 5), OPTIONS, [{"a": 5}, {"a": 2, "b": 4}])

    assert [(line.option, line.rank, line.mean) for line in lines] == [
        ("b", 1, Fraction(4)), ("a", 2, Fraction(7, 2)), ("c", 3, Fraction(0)),
    ]  # fmt: skip
    assert lines[1].spread == {5: 1, 2: 1}


POINTS = st.tuples(*[st.integers(0, 3)] * 3)


@settings(deadline=None, database=None, derandomize=True)
@given(st.lists(POINTS, max_size=12))
def test_no_point_is_lost_and_no_order_of_counting_matters(given_points):
    ballots = [
        {option: n for option, n in zip(OPTIONS, points, strict=True) if n}
        for points in given_points
    ]
    lines = tally(FIVE_DOTS, OPTIONS, ballots)

    assert sum(line.points for line in lines) == sum(sum(each.values()) for each in ballots)
    assert tally(FIVE_DOTS, OPTIONS, ballots[::-1]) == lines
    assert sorted(line.option for line in lines) == OPTIONS
    assert [line.rank for line in lines] == sorted(line.rank for line in lines)

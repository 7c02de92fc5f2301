"""Groups of six to nine by topic and need: pure, so every property is looked at directly."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.learning.grouping import Person, affinity, sizes_for, suggest

topics = st.frozensets(st.integers(1, 5), max_size=3)
crowds = st.lists(st.tuples(topics, topics), max_size=40).map(
    lambda rows: [Person(key, *row) for key, row in enumerate(rows, start=1)]
)


@pytest.mark.parametrize(
    ("people", "sizes"),
    [(0, ()), (5, (5,)), (6, (6,)), (9, (9,)), (10, (5, 5)), (11, (6, 5)), (12, (6, 6)),
     (13, (7, 6)), (18, (9, 9)), (19, (7, 6, 6)), (28, (7, 7, 7, 7))],
)  # fmt: skip
def test_sizes(people, sizes):
    assert sizes_for(people) == sizes


def test_six_to_nine_wherever_that_is_possible():
    fits = {n for n in range(1, 300) if all(6 <= size <= 9 for size in sizes_for(n))}
    assert fits == set(range(1, 300)) - {1, 2, 3, 4, 5, 10, 11}


@settings(deadline=None)
@given(crowds, st.randoms(use_true_random=False))
def test_everybody_once_in_the_sizes_promised_whatever_the_order(people, dice):
    found = suggest(people)
    shuffled = list(people)
    dice.shuffle(shuffled)

    assert sorted(key for group in found.groups for key in group) == [p.key for p in people]
    assert sorted(map(len, found.groups), reverse=True) == list(sizes_for(len(people)))
    assert found.fits == all(6 <= len(group) <= 9 for group in found.groups)
    assert suggest(shuffled) == found


def test_who_needs_meets_who_brings():
    """Two topics, no bridge between them: nobody is put with strangers to their need."""
    people = [Person(key, frozenset({key % 2}), frozenset({key % 2})) for key in range(1, 13)]
    random.Random(7).shuffle(people)
    assert suggest(people).groups == (tuple(range(1, 13, 2)), tuple(range(2, 13, 2)))


def test_a_need_met_counts_more_than_a_need_shared():
    one = Person(1, frozenset({1}), frozenset())
    helper, fellow = Person(2, frozenset(), frozenset({1})), Person(3, frozenset({1}), frozenset())
    assert (affinity(one, helper), affinity(helper, one), affinity(one, fellow)) == (2, 2, 1)

"""Strata are opaque codes that always fit at least three people, whoever answers what."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from circles.drawing.strata import SMALLEST, strata
from tests.circles.test_quotas import QUICK


@QUICK
@given(st.lists(st.tuples(st.sampled_from("abx"), st.sampled_from("abcx")), max_size=25))
def test_nobody_is_recognisable(answers):
    found = strata({f"{n:040x}": codes for n, codes in enumerate(answers)})
    if len(answers) < SMALLEST:
        assert found == {}
        return
    assert len(found) == len(answers)
    assert min(Counter(found.values()).values()) >= SMALLEST
    for n, codes in enumerate(answers):
        kept = found[f"{n:040x}"].split("|")
        assert all(one in (code, "x") for one, code in zip(kept, codes, strict=True))


def test_the_last_attribute_gives_way_first():
    answers = {f"{n}": ("a", "b") for n in range(4)} | {"4": ("a", "c"), "5": ("a", "d")}
    answers |= {"6": ("a", "x")}
    found = strata(answers)
    assert Counter(found.values()) == {"a|b": 4, "a|x": 3}


def test_large_groups_stay_as_they_are():
    answers = {f"{n}": ("ab"[n % 2], "ab"[n % 3 % 2]) for n in range(18)}
    found = strata(answers)
    assert found == {ticket: "|".join(codes) for ticket, codes in answers.items()}

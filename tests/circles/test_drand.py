"""The beacon: its arithmetic, and that only quicknet's own signature counts."""

from datetime import UTC, datetime, timedelta

import pytest

from circles.drawing import drand
from tests.circles.los1_vector import SIGNATURE


def test_a_genuine_signature():
    assert drand.verify(1000, SIGNATURE)


def test_a_genuine_signature_of_another_round():
    assert not drand.verify(1001, SIGNATURE)


def test_the_other_root_of_the_same_point():
    # The third bit chooses y: a valid point of the group, minus the signature.
    assert not drand.verify(1000, "9" + SIGNATURE[1:])


@pytest.mark.parametrize(
    "signature",
    [
        SIGNATURE[:-1] + "8",
        SIGNATURE.upper(),
        SIGNATURE[:-2],
        "-",
        "",
        "c0" + "00" * 47,  # the point at infinity
        "80" + "00" * 47,  # on the curve, outside the group
    ],
)
def test_no_signature_at_all(signature):
    assert not drand.verify(1000, signature)


@pytest.mark.parametrize("number", [0, -1, 2**64])
def test_no_round(number):
    assert not drand.verify(number, SIGNATURE)


def test_times_of_rounds():
    first = datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)
    assert [drand.time_of(1), drand.time_of(1000)] == [first, first + timedelta(seconds=2997)]
    assert drand.cut_off(1000) == first + timedelta(seconds=2967)


def test_rounds_of_times():
    first, tick = drand.time_of(1), timedelta(microseconds=1)
    at = [drand.round_at(first + timedelta(seconds=s)) for s in (-1, 0, 2, 3, 5, 6)]
    assert at == [0, 1, 1, 2, 2, 3]
    assert drand.round_at(drand.time_of(1000) - tick) == 999
    after = [drand.round_from(first + step) for step in (-tick * 9_000_000, 0 * tick, tick)]
    assert after == [1, 1, 2]
    assert drand.round_from(drand.time_of(1000)) == 1000

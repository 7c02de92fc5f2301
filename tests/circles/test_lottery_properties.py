"""The invariants of los1 section 12 that concern pure code, on many small draws.

The numbers in the names are those of the section; 5 is tried on every byte of small draws.
"""

import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from circles import lottery
from circles.drawing.succession import GONE, Event, Events, seats_after
from circles.lottery import (
    Declaration,
    LotteryFault,
    LotteryRows,
    Pool,
    Quota,
    Rejected,
    Result,
    Seed,
)
from tests.circles.los1_vector import (
    RESULT,
    ROWS,
    TYPED_POOL,
    VECTOR_DECLARATION,
    VECTOR_POOL,
    VECTOR_SEED,
)

QUICK = settings(max_examples=40, deadline=None, database=None, derandomize=True)
NOON = datetime(2023, 9, 1, 12, tzinfo=UTC)
digits = st.text("123456", min_size=20, max_size=20)
ticket_sets = st.sets(st.binary(min_size=20, max_size=20).map(bytes.hex), min_size=1, max_size=30)


def drawn(tickets, seats, public, strata=(), rows=None):
    """The result of a draw with dice alone."""
    pool = Pool("a", tuple(sorted(tickets)), tuple(strata))
    named = rows.digest if rows else "-"
    told = Declaration("a", 1, seats, NOON, pool.digest, named, "-", 0, 20, None)
    return lottery.draw(pool, told, Seed(told.digest, 0, "-", public, "-"), rows)


@st.composite
def quota_draws(draw):
    """Strata of two attributes, a quota that some rows keep, and a lottery of those rows."""
    kinds = sorted(draw(st.sets(st.sampled_from(["f|1", "f|2", "m|1", "m|2"]), min_size=1)))
    sizes = [draw(st.integers(1, 4)) for _ in kinds]
    vectors = {
        tuple(draw(st.integers(0, size)) for size in sizes) for _ in range(draw(st.integers(1, 6)))
    }
    seats = max(map(sum, vectors))
    vectors = sorted(v for v in vectors if sum(v) == seats > 0) or [tuple(sizes)]
    women = [sum(n for kind, n in zip(kinds, v, strict=True) if kind[0] == "f") for v in vectors]
    weights = [draw(st.integers(1, 9)) for _ in vectors]
    rows = LotteryRows(
        "a",
        sum(weights),
        tuple(kinds),
        (Quota(0, "f", min(women), max(women)),),
        tuple(zip(weights, vectors, strict=True)),
    )
    strata = [kind for kind, size in zip(kinds, sizes, strict=True) for _ in range(size)]
    strata = draw(st.permutations(strata))
    tickets = tuple(f"{n:040x}" for n in range(len(strata)))
    return Pool("a", tickets, tuple(strata)), rows, sum(vectors[0])


def test_1_same_bytes_in_any_process(tmp_path):
    for name, record in (
        ("pool", VECTOR_POOL),
        ("declaration", VECTOR_DECLARATION),
        ("seed", VECTOR_SEED),
    ):
        (tmp_path / f"{name}.txt").write_bytes(record.to_bytes())
    command = [sys.executable, str(Path(lottery.__file__)), str(tmp_path)]
    for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("4242", "tr_TR.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
        assert done.stdout.decode().splitlines()[-1] == f"result sha256 {RESULT}"


@QUICK
@given(ticket_sets, digits, st.randoms(use_true_random=False))
def test_2_4_15_order_of_applications_is_irrelevant_and_nobody_is_lost(tickets, public, chance):
    for seats in {1, len(tickets)}:
        result = drawn(tickets, seats, public)
        applied = chance.sample(sorted(tickets), len(tickets))
        assert drawn(applied, seats, public) == result
        assert sorted(result.order) == sorted(tickets)
        assert Result.from_bytes(result.to_bytes()) == result


@QUICK
@given(ticket_sets, st.binary(min_size=32, max_size=32), st.data())
def test_3_removing_a_ticket_keeps_the_others_in_order(tickets, key, data):
    gone = data.draw(st.sampled_from(sorted(tickets)))
    order = sorted(tickets, key=lambda t: (lottery.rank(key, t), t))
    rest = sorted(tickets - {gone}, key=lambda t: (lottery.rank(key, t), t))
    assert rest == [ticket for ticket in order if ticket != gone]


REJECTED = Rejected("quotas", ("a" * 40, "b" * 40), ("age", "residence"))
TOLD = replace(
    VECTOR_DECLARATION,
    draw="quotas",
    seats=3,
    pool=TYPED_POOL.digest,
    lottery=ROWS.digest,
    rejected=REJECTED.digest,
)
FILES = {
    "pool": (Pool, TYPED_POOL.to_bytes()),
    "declaration": (Declaration, TOLD.to_bytes()),
    "seed": (Seed, replace(VECTOR_SEED, declaration=TOLD.digest).to_bytes()),
    "rows": (LotteryRows, ROWS.to_bytes()),
    "rejected": (Rejected, REJECTED.to_bytes()),
}
TRUE = lottery.draw(**{name: kind.from_bytes(data) for name, (kind, data) in FILES.items()})


def outcome(name, data):
    """H(result) with one file changed, or None for refused."""
    records = {}
    try:
        for other, (kind, original) in FILES.items():
            records[other] = kind.from_bytes(data if other == name else original)
            if other == name and records[other].to_bytes() != data:
                return "not the same bytes again"
        return lottery.draw(**records).digest
    except LotteryFault as fault:
        return None if fault.line >= 1 else f"line {fault.line}"


def test_5_every_changed_byte_is_refused_or_changes_the_result():
    chance = random.Random(5)
    seen = Counter()
    for name, (_, data) in FILES.items():
        for at in range(len(data)):
            new = chance.choice(b" \n\r\t|-0123456789abcdefABCDEF.\x00\xff")
            changes = {
                data[:at] + data[at + 1 :],
                data[:at] + bytes([new]) + data[at:],
                data[:at] + bytes([new]) + data[at + 1 :],
                data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :],
            }
            for change in changes - {data}:
                told = outcome(name, change)
                assert told is None or (len(told) == 64 and told != TRUE.digest), (name, change)
                seen[name, told is None] += 1
    # Only the seed may change and still be a seed: another signature, other dice.
    assert [name for name, refused in seen if not refused] == ["seed"]


@QUICK
@given(ticket_sets, digits, st.data())
def test_6_7_events_commute_and_nobody_gone_sits(tickets, public, data):
    seats = data.draw(st.integers(1, len(tickets)))
    result = drawn(tickets, seats, public)
    others = [letter * 40 for letter in "abc"]
    back = [("reinstated", name) for name in data.draw(st.sets(st.sampled_from(others)))]
    names = sorted(tickets) + [name for _, name in back]
    leaving = st.tuples(st.sampled_from(GONE), st.sampled_from(names))
    gone = data.draw(st.lists(leaving, max_size=12))

    def seating(happened):
        times = (NOON + timedelta(minutes=minutes) for minutes in range(len(happened)))
        events = (Event(at, *event) for at, event in zip(times, happened, strict=True))
        return seats_after(result, seats, Events(result.digest, tuple(events)))

    # What nobody can exchange without moving a seat is reinstated and gone: hence in two groups.
    first = seating(back + gone)
    for _ in range(3):
        assert seating(data.draw(st.permutations(back)) + data.draw(st.permutations(gone))) == first
    left = {name for _, name in gone}
    assert len(set(first.seated)) == len(first.seated) <= seats
    assert not left & set(first.seated)
    everybody = (tickets | {name for _, name in back}) - left
    assert len(first.seated) == min(seats, len(everybody))
    if not back:
        assert set(first.seated) == set([t for t in result.order if t not in left][:seats])


@QUICK
@given(quota_draws(), digits)
def test_8_quota_seats_are_the_chosen_row(lot, public):
    pool, rows, seats = lot
    result = drawn(pool.tickets, seats, public, pool.notes, rows)
    strata = dict(zip(pool.tickets, pool.notes, strict=True))
    seated = Counter(strata[ticket] for ticket in result.order[:seats])
    row = lottery.panel(bytes.fromhex(result.seed), rows)
    assert tuple(seated[kind] for kind in rows.types) == row
    assert row in [counts for _, counts in rows.rows]
    assert all(quota.met(seated.items()) for quota in rows.quotas)
    assert sorted(result.order) == list(pool.tickets)
    key = bytes.fromhex(result.seed)
    for part in (result.order[:seats], result.order[seats:]):
        assert list(part) == sorted(part, key=lambda t: lottery.rank(key, t))


@QUICK
@given(quota_draws())
def test_9_10_chances_sum_to_the_seats_and_weights_to_the_total(lot):
    pool, rows, seats = lot
    chances = lottery.chances(pool, rows)
    assert sum((chances[stratum] for stratum in pool.notes), Fraction(0)) == seats
    assert LotteryRows.from_bytes(rows.to_bytes()) == rows
    assert sum(weight for weight, _ in rows.rows) == rows.total


def draws_of(rows, number):
    keys = (n.to_bytes(32, "big") for n in range(number))
    return Counter(lottery.panel(key, rows) for key in keys)


def far(times, number, chance):
    """Distance from what is expected, in standard deviations."""
    return abs(times - number * chance) / (number * chance * (1 - chance)) ** 0.5


def test_10_u_is_uniform():
    rows = LotteryRows("a", 7, ("a",), (), tuple((1, (n,)) for n in range(7)))
    seen = draws_of(rows, 7000)
    chi = sum((times - 1000) ** 2 / 1000 for times in seen.values())
    assert (len(seen), chi < 22.5) == (7, True)  # 99.9 % with 6 degrees of freedom


def test_10_u_skips_the_uneven_end():
    # With M just above 2^63 about every second x is thrown away; only then is u even.
    total = 2**63 + 1
    rows = LotteryRows("a", total, ("a",), (), ((total // 2, (0,)), (total - total // 2, (1,))))
    assert far(draws_of(rows, 4000)[(0,)], 4000, 0.5) < 3.3


def test_11_frequencies_fit_the_fractions():
    chances, number, seen = lottery.chances(TYPED_POOL, ROWS), 3000, Counter()
    for turn in range(number):
        public = "".join("123456"[turn // 6**place % 6] for place in range(20))
        result = drawn(TYPED_POOL.tickets, 3, public, TYPED_POOL.notes, replace(ROWS, draw="a"))
        seen.update(result.order[:3])
    for ticket, stratum in zip(TYPED_POOL.tickets, TYPED_POOL.notes, strict=True):
        assert far(seen[ticket], number, float(chances[stratum])) < 3.5


def test_11_chi_square_over_twenty_thousand_draws():
    """Seats, first places and rows of 20,000 draws; each below its 99.9 % bound, always the same.

    Seats are drawn without putting back, hence the factor (n - 1) / (n - k) for their counts.
    """
    tickets, seats, number = tuple(f"{n:040x}" for n in range(12)), 5, 20_000
    told = Declaration("a", 1, seats, NOON, Pool("a", tickets).digest, "-", "-", 0, 20, None)
    rows = LotteryRows("a", 10, ("x",), (), tuple((n, (n,)) for n in (1, 2, 3, 4)))
    seated, first, panels = Counter[str](), Counter[str](), Counter[int]()
    for turn in range(number):
        public = "".join("123456"[turn // 6**place % 6] for place in range(20))
        key = bytes.fromhex(Seed(told.digest, 0, "-", public, "-").digest)
        order = sorted(tickets, key=lambda ticket, key=key: lottery.rank(key, ticket))
        seated.update(order[:seats])
        first[order[0]] += 1
        panels[lottery.panel(key, rows)[0]] += 1
    n = len(tickets)
    assert (
        chi_square(seated, dict.fromkeys(tickets, number * seats / n)) * (n - 1) / (n - seats)
        < 31.3
    )
    assert chi_square(first, dict.fromkeys(tickets, number / n)) < 31.3  # 11 degrees of freedom
    assert chi_square(panels, {row: number * row / 10 for row in (1, 2, 3, 4)}) < 16.3  # 3 of them


def chi_square(seen, expected):
    return sum((seen[one] - times) ** 2 / times for one, times in expected.items())


def test_15_one_of_everything():
    rows = LotteryRows("a", 1, ("x",), (), ((1, (1,)),))
    result = drawn(["0" * 40], 1, "1" * 20, ["x"], rows)
    assert (result.order, lottery.chances(Pool("a", ("0" * 40,), ("x",)), rows)) == (
        ("0" * 40,),
        {"x": Fraction(1)},
    )
    assert drawn(["0" * 40], 1, "1" * 20).order == ("0" * 40,)

"""Section 0 to the byte: whatever is not exactly as los1 says is refused, with file and line."""

from dataclasses import replace

import pytest

from circles import lottery
from circles.lottery import Declaration, LotteryFault, LotteryRows, Rejected, Seed
from tests.circles.los1_vector import (
    ROWS,
    SIGNATURE,
    TICKETS,
    TYPED_POOL,
    VECTOR_DECLARATION,
    VECTOR_POOL,
    VECTOR_SEED,
    declared,
    refused,
)

FIRST, SECOND, LAST = (TICKETS[place].encode() for place in (0, 1, 6))


class TestBytes:
    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            (b"los1 pool", b"\xef\xbb\xbflos1 pool", 1),
            (b"los1 pool", b"los1  pool", 1),
            (b"los1 pool", b" los1 pool", 1),
            (b"los1 pool\n", b"\nlos1 pool\n", 1),
            (b"los1 pool", b"los1 seed", 1),
            (b"\ndraw", b"\r\ndraw", 1),
            (b"draw test", b"draw\ttest", 2),
            (b"test-5", b"Test-5", 2),
            (b"test-5-of-7", b"t" * 65, 2),
            (b"count 7", b"count 07", 3),
            (b"count 7", b"count 7 ", 3),
            (b"count 7", b"count +7", 3),
            (b"count 7", b"count 6", 10),
            (b"count 7", b"count 8", 11),
            (b"count 7", b"count 10000001", 3),
            (b"count 7", b"count 7\n", 4),
            (FIRST, FIRST.upper(), 4),
            (SECOND, FIRST, 5),
            (SECOND, b"f" * 40, 6),
            (SECOND, SECOND + b" f|1", 5),
            (SECOND, SECOND[1:], 5),
            (SECOND, SECOND + b"0", 5),
            (LAST + b"\n", LAST, 10),
            (LAST + b"\n", LAST + b"\n\n", 11),
            (LAST + b"\n", LAST + b"\n ", 11),
            (LAST, LAST + b"\x7f", 10),
            (LAST, LAST + b"\xc3\xa4", 10),
        ],
    )
    def test_pool(self, old, new, line):
        assert refused(VECTOR_POOL, old, new) == line

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            (b" f|1", b"", 4 + 1),  # the first has none, so none may have one
            (b" f|2", b" f", 5),
            (b" f|2", b" f|2|3", 5),
            (b" f|2", b" f|", 5),
            (b" f|2", b" f|\xe4", 5),
            (b" f|2", b" f 2", 5),
        ],
    )
    def test_pool_with_strata(self, old, new, line):
        assert refused(TYPED_POOL, old, new) == line

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            (b"version 1", b"version 0", 3),
            (b"version 1", b"version 10000000000000000000", 3),
            (b"seats 5", b"seats 0", 4),
            (b"2023-08-22", b"2023-02-29", 5),
            (b"2023-08-22", b"0000-08-22", 5),
            (b"12:00:00Z", b"24:00:00Z", 5),
            (b"12:00:00Z", b"23:59:60Z", 5),
            (b"12:00:00Z", b"12:00:00z", 5),
            (b"pool 6", b"pool ", 6),
            (b"lottery -", b"lottery none", 7),
            (b"rejected -\n", b"", 8),
            (lottery.CHAIN.encode(), lottery.CHAIN.replace("5", "6").encode(), 9),
            (b" 1000\n", b" 0\n", 9),
            (b"12:00:00Z", b"15:59:25Z", 9),  # round 1000 comes 86,399 s later
            (b"dice6 20", b"dice6 201", 10),
            (b"dice6 20", b"dice6 0", 10),
            (b"dice6 20", b"none 20", 10),
            (b"dice6 20", b"dice8 20", 10),
            (b"2023-08-26", b"2023-08-24", 11),
            (b"2023-08-26", b"2023-08-32", 11),
            (b"fallback lotto6aus49 2023-08-26\n", b"", 11),
            (b"2023-08-26\n", b"2023-08-26\nmore\n", 12),
        ],
    )
    def test_declaration(self, old, new, line):
        assert refused(VECTOR_DECLARATION, old, new) == line

    def test_declaration_at_its_limits(self):
        for old, new in (
            (b"12:00:00Z", b"15:59:24Z"),  # round 1000 comes exactly 86,400 s later
            (b"dice6 20", b"none 0"),
            (b"dice6 20", b"dice6 1"),
            (b"dice6 20", b"dice6 200"),
            (b"2023-08-26", b"2023-08-25"),
            (b" 1000\npublic dice6 20\nfallback lotto6aus49 2023-08-26",
             b" 9999999999999999999\npublic dice6 20\nfallback none"),
        ):  # fmt: skip
            data = VECTOR_DECLARATION.to_bytes()
            assert old in data
            changed = data.replace(old, new)
            assert Declaration.from_bytes(changed).to_bytes() == changed

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            (b"dice6 20", b"dice6 19", 10),
            (b"dice6 20", b"none 0", 10),
            (b"fallback none", b"fallback lotto6aus49 2033-01-01", 11),
        ],
    )
    def test_dice_alone(self, old, new, line):
        assert refused(declared(VECTOR_POOL, 5)[0], old, new) == line

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            (b"declaration 7", b"declaration ", 2),
            (b"drand 1000 ", b"drand 0 ", 3),
            (SIGNATURE.encode(), b"-", 3),
            (SIGNATURE.encode(), SIGNATURE.upper().encode(), 3),
            (b"16253416253416253412", b"16253416253416253417", 4),
            (b"fallback -", b"fallback 01-02-03-04-05-49-0", 3),
            (b"fallback -\n", b"fallback -\nmore -\n", 6),
        ],
    )
    def test_seed(self, old, new, line):
        assert refused(VECTOR_SEED, old, new) == line

    @pytest.mark.parametrize(
        "value", ["00-02-03-04-05-49-0", "01-02-03-04-05-50-0", "01-02-02-04-05-06-0",
                  "02-01-03-04-05-06-0", "1-02-03-04-05-06-0", "01-02-03-04-05-06",
                  "01-02-03-04-05-06-10"]
    )  # fmt: skip
    def test_lotto(self, value):
        seed = replace(VECTOR_SEED, signature="-", fallback="01-02-03-04-05-49-0")
        assert Seed.from_bytes(seed.to_bytes()) == seed
        assert refused(seed, b"01-02-03-04-05-49-0", value.encode()) == 5

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            (b"total 10\n", b"total 11\n", 3),
            (b"total 10\n", b"total 0\n", 3),
            (b"total 10\n", b"total 1000000001\n", 3),
            (b"f|1 f|2", b"f|2 f|1", 4),
            (b"f|1 f|2", b"f|1 f|1", 4),
            (b"f|1 f|2", b"f|1 f|2|3", 4),
            (b"quota 0", b"quota 2", 5),
            (b"m 1 2", b"m 2 2", 7),
            (b"m 1 2", b"m 1 1", 6),
            (b"3 0 1 2", b"0 0 1 2", 6),
            (b"3 0 1 2", b"3 0 1", 6),
            (b"3 0 1 2", b"3 0 01 2", 6),
            (b"3 1 1 1", b"3 0 1 2", 7),
            (b"4 2 0 1\n", b"4 2 0 1\nquota 0 m 1 2\n", 9),
        ],
    )
    def test_lottery(self, old, new, line):
        assert refused(ROWS, old, new) == line

    def test_counts_ascend_as_numbers(self):
        rows = LotteryRows("a", 2, ("a",), (), ((1, (9,)), (1, (10,))))
        assert LotteryRows.from_bytes(rows.to_bytes()) == rows

    def test_result(self):
        result = lottery.draw(VECTOR_POOL, VECTOR_DECLARATION, VECTOR_SEED)
        assert refused(result, b"\n2 ", b"\n3 ") == 4
        assert refused(result, b"\n2 ", b"\n02 ") == 4
        one, two = (name.encode() for name in result.order[:2])
        assert refused(result, two, one) == 4

    def test_rejected(self):
        rejected = Rejected("a", ("0" * 40, "1" * 40), ("age", "residence"))
        assert refused(rejected, b" age", b"") == 4
        assert refused(rejected, b" residence", b" res|x") == 5
        assert refused(rejected, b"residence", b"r" * 41) == 5
        with pytest.raises(LotteryFault, match=r"^rejected.txt: line 3: "):
            Rejected.from_bytes(b"los1 rejected\ndraw a\ncount 0\n")

    def test_empty(self):
        with pytest.raises(LotteryFault, match=r"^seed.txt: line 1: "):
            Seed.from_bytes(b"")

"""The vector of los1 section 13 and a small draw with quotas, as records, for several tests.
Built from the text's description; the pinned hashes are the text's own.
"""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from circles.drawing.tickets import ticket
from circles.lottery import Declaration, LotteryFault, LotteryRows, Pool, Quota, Seed

SIGNATURE = (
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
    "e342b73a8dd2bacbe47e4b6b63ed5e39"
)
C = "781b4e5b44f9173378fddc57468fa3b06fd5ca2fb1a0df0f4d7c085be391660d"
S = "1ef2e0f43c8fa4ee19db219973926d5ed44f1e3a98e739989f9d73758df7f596"
POOL = "6421a97523db5b430d9f2de540e7978ee7eb33c2f647e20c146f96357247c318"
RESULT = "1e44a02a511dd72c6a14e226a3cb6c4f3039cfb2b4ae41156bde28a1c721c567"


def numbered_ticket(number: int) -> str:
    nonce = hashlib.sha256(f"los1 test nonce\n{number}\n".encode()).hexdigest()[:32]
    return ticket("test-5-of-7", nonce, f"person{number}@example.org")


TICKETS = tuple(sorted(map(numbered_ticket, range(7))))
VECTOR_POOL = Pool("test-5-of-7", TICKETS)
VECTOR_DECLARATION = Declaration(
    draw="test-5-of-7",
    version=1,
    seats=5,
    frozen=datetime(2023, 8, 22, 12, tzinfo=UTC),
    pool=POOL,
    lottery="-",
    rejected="-",
    round=1000,
    dice=20,
    fallback=date(2023, 8, 26),
)
VECTOR_SEED = Seed(C, 1000, SIGNATURE, "16253416253416253412", "-")
HEX = "0123456789abcdef" * 4  # some 64 hex
TYPED_POOL = Pool("quotas", tuple(f"{n:040x}" for n in range(6)), ("f|1", "f|2", "m|1") * 2)
ROWS = LotteryRows(
    "quotas",
    10,
    ("f|1", "f|2", "m|1"),
    (Quota(0, "m", 1, 2),),
    ((3, (0, 1, 2)), (3, (1, 1, 1)), (4, (2, 0, 1))),
)


def declared(pool, seats, **changes):
    """A declaration of this pool, drawn with dice alone, and a seed that fits it."""
    told = replace(
        VECTOR_DECLARATION, draw=pool.draw, seats=seats, pool=pool.digest, round=0, fallback=None
    )
    told = replace(told, **changes)
    return told, Seed(told.digest, 0, "-", "12345612345612345612", "-")


def refused(record, old, new, count=1):
    """(line, message) of the fault that reading the record's changed bytes gives."""
    data = record.to_bytes()
    assert old in data
    with pytest.raises(LotteryFault) as caught:
        type(record).from_bytes(data.replace(old, new, count), name="some.txt")
    assert caught.value.file == "some.txt"
    return caught.value.line

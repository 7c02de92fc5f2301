"""Who sits after withdrawals, declines and reinstatements (los1 section 9)."""

from datetime import UTC, datetime

import pytest

from circles import lottery
from circles.drawing.succession import Event, Events, seats_after
from circles.lottery import LotteryFault, Result
from tests.circles.los1_vector import (
    HEX,
    ROWS,
    TICKETS,
    TYPED_POOL,
    VECTOR_DECLARATION,
    VECTOR_POOL,
    VECTOR_SEED,
    refused,
)

NOON = datetime(2023, 9, 1, 12, tzinfo=UTC)
DRAWN = lottery.draw(VECTOR_POOL, VECTOR_DECLARATION, VECTOR_SEED)


def after(*events):
    """Who sits in the vector's circle after (kind, ticket) events."""
    log = Events(DRAWN.digest, tuple(Event(NOON, *event) for event in events))
    assert Events.from_bytes(log.to_bytes()) == log
    return seats_after(DRAWN, 5, log)


class TestSuccession:
    def test_nobody_gone(self):
        assert after() == (DRAWN.order[:5], ())

    def test_the_next_on_the_list_comes(self):
        seats = (*DRAWN.order[:2], *DRAWN.order[3:5], DRAWN.order[6])
        gone = (("withdraw", DRAWN.order[5]), ("decline", DRAWN.order[2]))
        assert after(*gone).seated == seats

    def test_the_reinstated_takes_the_next_vacancy_and_no_seat(self):
        back, new = ("reinstated", "ab" * 20), "ab" * 20
        assert after(back).seated == DRAWN.order[:5]
        assert after(("expired", DRAWN.order[0]), back).seated == DRAWN.order[1:6]
        seated = after(back, ("expired", DRAWN.order[0])).seated
        assert set(seated) == {*DRAWN.order[1:5], new}
        assert after(back, ("expired", DRAWN.order[0]), ("decline", new)).seated == DRAWN.order[1:6]

    def test_the_reinstated_takes_a_seat_that_nobody_could_fill(self):
        gone = [("erased", name) for name in DRAWN.order[:3]]
        assert after(*gone).seated == DRAWN.order[3:]
        assert len(after(*gone, ("reinstated", "ab" * 20)).seated) == 5

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [
            (b"\n1 ", b"\n2 ", 3),
            (b"12:00:00", b"12:00:61", 3),
            (b"withdraw", b"left", 3),
            (b" -\n", b" A\n", 3),
            (b"result ", b"result  ", 2),
        ],
    )
    def test_refused(self, old, new, line):
        log = Events(DRAWN.digest, (Event(NOON, "withdraw", TICKETS[0]),))
        assert refused(log, old, new) == line

    def test_a_log_that_does_not_fit(self):
        for log, line in (
            (Events(HEX, ()), 2),
            (Events(DRAWN.digest, (Event(NOON, "withdraw", "ab" * 20),)), 3),
            (Events(DRAWN.digest, (Event(NOON, "reinstated", TICKETS[0]),)), 3),
            (Events(DRAWN.digest, (Event(NOON, "reinstated", "ab" * 20),) * 2), 4),
        ):
            with pytest.raises(LotteryFault) as caught:
                seats_after(DRAWN, 5, log)
            assert (caught.value.file, caught.value.line) == ("events.txt", line)

    def test_with_quotas_like_for_like_then_kept_then_waived(self):
        names = TYPED_POOL.tickets  # f|1 f|2 m|1 f|1 f|2 m|1; one or two of m
        result = Result(HEX, (names[0], names[1], names[2], names[4], names[5], names[3]))

        def seating(*events):
            log = Events(result.digest, tuple(Event(NOON, *event) for event in events))
            return seats_after(result, 3, log, TYPED_POOL, ROWS)

        like = seating(("withdraw", names[0]))
        assert (set(like.seated), like.waived) == ({names[1], names[2], names[3]}, ())
        kept = seating(("erased", names[3]), ("withdraw", names[0]))
        assert (set(kept.seated), kept.waived) == ({names[1], names[2], names[4]}, ())
        broken = seating(("erased", names[5]), ("withdraw", names[2]))
        assert (set(broken.seated), broken.waived) == ({names[0], names[1], names[4]}, (names[4],))
        back = seating(("reinstated", "ab" * 20), ("withdraw", names[2]))
        assert back.waived == ("ab" * 20,)

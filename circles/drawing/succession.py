"""Who sits once tickets have gone after the draw: the log of events and its reading (los1, 9).
Pure: out of the published files and the log alone, everybody finds the same people seated.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple, Self

from circles.lottery import (
    HASH,
    NUMBER,
    REASON,
    TICKET,
    TIME,
    File,
    LotteryRows,
    Pool,
    Result,
    demand,
    moment,
    parse,
    rank,
    take,
)

GONE = ("withdraw", "decline", "expired", "ineligible", "erased")
REINSTATED = "reinstated"
_LINE = f"({NUMBER}) ({TIME}) ({'|'.join(GONE)}|{REINSTATED}) ({TICKET}) ({REASON})"


class Event(NamedTuple):
    """What befell a ticket; kind is one of GONE or REINSTATED, reason a code or `-`."""

    at: datetime
    kind: str
    ticket: str
    reason: str = "-"


@dataclass(frozen=True)
class Events(File):
    """The append-only log of what happened after the draw with this H(result)."""

    result: str
    entries: tuple[Event, ...]

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "events.txt") -> Self:
        (result,), lines = parse(data, name, "los1 events", f"result ({HASH})")
        entries = []
        for number, line in enumerate(lines, 1):
            counted, time, kind, ticket, reason = take(line, _LINE, name, number + 2)
            demand(int(counted) == number, name, number + 2, "events are numbered from 1 on")
            entries.append(Event(moment(time, name, number + 2), kind, ticket, reason))
        return cls(result, tuple(entries))

    def _lines(self) -> Iterable[str]:
        yield from ("los1 events", f"result {self.result}")
        for number, event in enumerate(self.entries, 1):
            time = event.at.astimezone(UTC).isoformat()[:19]
            yield f"{number} {time}Z {event.kind} {event.ticket} {event.reason}"


class Seating(NamedTuple):
    """Who sits, in the order of ranks, and which of them only because a quota was waived."""

    seated: tuple[str, ...]
    waived: tuple[str, ...]


def seats_after(
    result: Result,
    seats: int,
    events: Events,
    pool: Pool | None = None,
    rows: LotteryRows | None = None,
) -> Seating:
    """Who sits after these events; pool and rows are needed where there are quotas.

    A vacancy goes to reinstated tickets, then down the reserve list; nobody loses a seat to them.
    A reinstated ticket has no published stratum: where there are quotas it sits as `waived`.
    LotteryFault if the log belongs to another result or names a ticket that is not in it.
    """
    demand(events.result == result.digest, "events.txt", 2, "not the SHA-256 of result.txt")
    order = partial(rank, bytes.fromhex(result.seed))
    strata = dict(zip(pool.tickets, pool.notes, strict=True)) if pool and rows else {}
    known, gone, waived = set(result.order), set[str](), set[str]()
    seated, waiting = set(result.order[:seats]), list[str]()
    for line, event in enumerate(events.entries, 3):
        back = event.kind == REINSTATED
        fits = back != (event.ticket in known)
        demand(fits, "events.txt", line, "not a ticket of this draw, or reinstated though it is")
        vacated = event.ticket in seated
        if back:
            known.add(event.ticket)
            waiting = sorted([*waiting, event.ticket], key=order)
        else:
            gone.add(event.ticket)
            seated.discard(event.ticket)
        if not (back or vacated) or len(seated) == seats:
            continue
        queue = [t for t in (*waiting, *result.order[seats:]) if t not in gone and t not in seated]
        if not queue:
            continue
        comes = queue[0]
        if rows:
            left, keeping = strata.get(event.ticket), _keeping(rows, seated, strata)
            if comes not in waiting:  # min takes the first among equals
                comes = min(queue, key=lambda t: (strata[t] != left, strata[t] not in keeping))
            if strata.get(comes, "") not in {left, *keeping}:
                waived.add(comes)
        seated.add(comes)
    return Seating(tuple(sorted(seated, key=order)), tuple(sorted(waived & seated, key=order)))


def _keeping(rows: LotteryRows, seated: set[str], strata: dict[str, str]) -> set[str]:
    """The strata of which one more person would leave all quotas kept."""
    now = Counter(strata[ticket] for ticket in seated if ticket in strata)
    after = {stratum: (now + Counter([stratum])).items() for stratum in rows.types}
    return {t for t, people in after.items() if all(quota.met(people) for quota in rows.quotas)}

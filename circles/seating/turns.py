"""Whose turn it is after a draw: the order of the lot, and what the log of events makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from circles import lottery
from circles.drawing import quota_draws, succession
from circles.models import Draw, DrawEvent, DrawResult, Place


def events_file(draw: Draw, result: DrawResult) -> bytes:
    """`events.txt` (lottery-los1, section 9)."""
    lines = ["los1 events", f"result {result.result_sha256}"]
    lines += [
        f"{event.n} {event.at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {event.kind} "
        f"{event.ticket} {event.reason or '-'}"
        for event in draw.events.all()
    ]
    return ("\n".join(lines) + "\n").encode()


def waived(draw: Draw, done: DrawResult | None) -> tuple[str, ...]:
    """Tickets that sit although a quota is broken by it (lottery-los1, 9)."""
    rows = quota_draws.rows_of(draw)
    return _seating(draw, done, rows).waived if done and rows else ()


def _seating(draw: Draw, done: DrawResult, rows: lottery.LotteryRows) -> succession.Seating:
    order = lottery.Result.from_bytes(bytes(done.result_txt))
    pool = lottery.Pool.from_bytes(bytes(draw.pool_txt))
    events = succession.Events.from_bytes(events_file(draw, done))
    return succession.seats_after(order, draw.seats, events, pool, rows)


def in_turn(draw: Draw) -> Iterator[Place]:
    """Every place in order; with quotas, who sits after the events so far (lottery-los1, 9)."""
    places = draw.places.select_related("application").order_by("number")
    rows = quota_draws.rows_of(draw)
    done = DrawResult.objects.filter(draw=draw).first()
    if rows is None or done is None:
        back = reinstated(draw, done)
        yield from back
        yield from places.exclude(pk__in=[place.pk for place in back]).iterator()
        return
    by_ticket, given = {place.ticket: place for place in places}, set[str]()
    while True:  # an event noted meanwhile changes who comes next
        seated = _seating(draw, done, rows).seated
        comes = next((t for t in seated if t in by_ticket and t not in given), None)
        if comes is None:
            return
        given.add(comes)
        yield by_ticket[comes]


def reinstated(draw: Draw, done: DrawResult | None) -> list[Place]:
    """Tickets that came back after the draw, by their rank under its seed: next in turn."""
    back = draw.events.filter(kind=DrawEvent.Kind.REINSTATED).values("ticket")
    found = draw.places.select_related("application").filter(ticket__in=back)
    key = bytes.fromhex(done.seed_sha256) if done else b""
    return sorted(found, key=lambda place: (lottery.rank(key, place.ticket), place.ticket))

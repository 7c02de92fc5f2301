"""What members are told by mail while they decide; each mail leads back into the room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from circles.models import Decision, Seat
from circles.seating import messages


def tell_members(
    decision: Decision, kind: str, key: str, *, seats: Iterable[Seat] | None = None, **context: Any
) -> None:
    """One mail of `kind` to each member, or to those on `seats`; each cause has a `key`."""
    circle = decision.circle
    messages.send_each(
        circle,
        messages.members(circle) if seats is None else seats,
        kind,
        key=f"decision-{key}",
        context={"circle": circle, "decision": decision, **context},
    )


def reminder_time(now: dt.datetime, until: dt.datetime) -> dt.datetime:
    """When the silent are reminded: a day before the end, half-way through what is shorter."""
    return until - min(dt.timedelta(days=1), (until - now) / 2)

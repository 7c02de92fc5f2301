"""What lies on a desk: lines that say what is to be done, why, until when, and where.

The lists come from one module for each app; nothing registers itself.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

AT_MOST = 20  # of one kind; the page behind the item shows all
SOON = dt.timedelta(days=7)


@dataclasses.dataclass(frozen=True)
class Item:
    """One line: `what` is to be done and `why`, under `url` by `action`.

    It waits `since` a moment or is due `until` one; `failed` says the portal gave something up.
    With `revives` the action is a button that puts that piece of background work back.
    """

    what: str
    why: str = ""
    url: str = ""
    action: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    failed: bool = False
    revives: int | None = None

    @property
    def when(self) -> dt.datetime | None:
        """The moment that stands before the line."""
        return self.until or self.since


@dataclasses.dataclass(frozen=True)
class Desk:
    """The four lists of the page, each sorted by time; `now` decides what is late."""

    wrong: Sequence[Item]
    due: Sequence[Item]
    waiting: Sequence[Item]
    coming: Sequence[Item]
    now: dt.datetime

    @classmethod
    def of(cls, items: Iterable[Item], now: dt.datetime) -> Desk:
        """Each item in its list: failed, due within a week or late, waiting, or coming."""
        wrong, due, waiting, coming = [], [], [], []
        for item in sorted(items, key=_moment):
            if item.failed:
                wrong.append(item)
            elif item.until is None:
                waiting.append(item)
            elif item.until < now + SOON:
                due.append(item)
            else:
                coming.append(item)
        return cls(wrong, due, waiting, coming, now)

    @property
    def first(self) -> Item | None:
        """The one thing to begin with."""
        return next(iter([*self.wrong, *self.due, *self.waiting]), None)

    @property
    def dated(self) -> list[dt.datetime]:
        """When things are due, late ones left out."""
        items = [*self.due, *self.coming]
        return [item.until for item in items if item.until and item.until >= self.now]


def _moment(item: Item) -> dt.datetime:
    return item.when or dt.datetime.max.replace(tzinfo=dt.UTC)

"""What lies on a desk: lines that say what is to be done, why, until when, and where.

The lists come from one module for each app or room; nothing registers itself.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

AT_MOST = 20  # of one kind; the page behind the item shows all
AT_ONCE = 8  # of one list; the rest unfolds
SOON = dt.timedelta(days=7)


@dataclasses.dataclass(frozen=True)
class Item:
    """One line: `what` is to be done and `why`, under `url` by `action`.

    It waits `since` a moment or is due `until` one, or until a `whole_day` is over; `failed` says
    the portal gave something up.
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
    whole_day: bool = False

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
    def lists(self) -> list[tuple[str, str, str, Sequence[Item], Sequence[Item]]]:
        """The lists that are not empty: (anchor, title, note, shown at once, unfolded)."""
        named = (
            ("schief", _("Went wrong"), _("The portal does not try these again by itself.")),
            ("faellig", _("Due this week"), ""),
            ("wartet", _("Waits for me"), ""),
            ("kommt", _("Coming up"), ""),
        )
        every = (self.wrong, self.due, self.waiting, self.coming)
        return [
            (*name, found[:AT_ONCE], found[AT_ONCE:])
            for name, found in zip(named, every, strict=True)
            if found
        ]

    @property
    def first(self) -> Item | None:
        """The one thing to begin with."""
        return next(iter([*self.wrong, *self.due, *self.waiting]), None)

    @property
    def dated(self) -> list[dt.datetime]:
        """When things are due, late ones left out."""
        items = [*self.due, *self.coming]
        return [item.until for item in items if item.until and item.until >= self.now]


def end_of(day: dt.date) -> dt.datetime:
    """The last second of a day in the city: until then nothing is late."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59)))


def _moment(item: Item) -> dt.datetime:
    return item.when or dt.datetime.max.replace(tzinfo=dt.UTC)

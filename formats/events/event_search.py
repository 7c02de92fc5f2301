"""Finding events: words, kind, topic, partnership, forum, how people meet; coming or over."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db.models import Prefetch

from formats.models import Event
from formats.models.event import EventQuerySet
from foundation.accounts.mandates import Actor
from foundation.languages import search_key
from partnerships.models import Party


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What the reader asks for; empty values ask for nothing. `month` is its first day."""

    words: str = ""
    kind: str = ""
    mode: str = ""
    topic: str = ""
    partnership: str = ""
    forum: str = ""
    month: dt.date | None = None
    over: bool = False


def search(user: Actor, wanted: Wanted, today: dt.date) -> EventQuerySet:
    """Events that `user` may see and that fit, in the order of the list."""
    found = matching(user, wanted)
    if wanted.month is not None:
        return found.order_by("starts_on", "starts_at", "pk")
    return found.over(today) if wanted.over else found.coming(today)


def matching(user: Actor, wanted: Wanted) -> EventQuerySet:
    """Events that fit, coming and over, in no order."""
    found = Event.objects.visible_to(user)
    for word in search_key(wanted.words).split():
        found = found.filter(folded__contains=word)
    fields = {
        "kind": wanted.kind,
        "mode": wanted.mode,
        "partnership__slug": wanted.partnership,
        "forum__slug": wanted.forum,
    }
    found = found.filter(**{name: value for name, value in fields.items() if value})
    if wanted.topic:
        found = found.filter(topics__slug=wanted.topic)
    if wanted.month is not None:
        after = (wanted.month + dt.timedelta(days=32)).replace(day=1)
        found = found.filter(starts_on__lt=after, until__gte=wanted.month)
    return found


def for_lists(events: EventQuerySet) -> EventQuerySet:
    """With everything that a line of a list tells; one query more at any size."""
    return events.select_related("forum").prefetch_related("places")


def for_pages(events: EventQuerySet) -> EventQuerySet:
    """With everything that the page and the calendars tell: cities, houses, clocks."""
    parties = Party.objects.select_related("municipality").order_by("position")
    return events.select_related("partnership", "forum").prefetch_related(
        "places__municipality", Prefetch("partnership__parties", queryset=parties)
    )

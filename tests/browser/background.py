"""What a worker does behind the pages, for just the work that a story waits for."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from foundation.effects import work
from foundation.effects.models import Effect
from tests.together import at_once

FIRST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def work_off(effects: QuerySet[Effect]) -> None:
    """Have these done before anything else, and leave the rest of the scene as it lies.

    In a thread of its own, as what seals needs the event loop that Playwright has in this one.
    """
    keys = list(effects.values_list("pk", "queue"))
    effects.update(due_at=FIRST)
    for queue in sorted({queue for _pk, queue in keys}):
        number = sum(each == queue for _pk, each in keys)
        at_once(lambda queue=queue, number=number: work.drain(queue, limit=number))
    left = Effect.objects.filter(pk__in=[pk for pk, _queue in keys]).exclude(state="done")
    assert list(left.values_list("kind", "last_error")) == []

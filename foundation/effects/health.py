"""Health means consumed work: heartbeats go through every queue like any other effect."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from foundation.effects import work
from foundation.effects.models import Effect

OVERDUE = dt.timedelta(seconds=45)
BEAT = dt.timedelta(seconds=15)
SILENT = dt.timedelta(seconds=75)
KEEP = dt.timedelta(hours=1)


@dataclasses.dataclass(frozen=True)
class Health:
    """`overdue` counts rows due for more than 45 s; `silent` names queues without heartbeat."""

    overdue: int
    silent: tuple[str, ...]
    dead: int

    @property
    def ok(self) -> bool:
        return self.overdue == 0 and not self.silent


def request_heartbeats() -> None:
    """One heartbeat per queue and beat; old ones are cleared away."""
    now = timezone.now()
    beat = int(now.timestamp() // BEAT.total_seconds())
    for queue in Effect.Queue:
        work.request("effects.heartbeat", f"{queue}:{beat}", queue=queue)
    Effect.objects.filter(
        kind="effects.heartbeat", state=Effect.State.DONE, done_at__lt=Now() - KEEP
    ).delete()


def health() -> Health:
    """Look at the table of pending work; changes nothing."""
    now = timezone.now()
    overdue = Effect.objects.filter(state__in=work.PENDING, due_at__lt=now - OVERDUE).count()
    beats = dict(
        Effect.objects.filter(kind="effects.heartbeat", state=Effect.State.DONE)
        .values_list("queue")
        .annotate(Max("done_at"))
        .order_by("queue")
    )
    silent = tuple(
        str(queue) for queue in Effect.Queue if not beats.get(queue) or beats[queue] < now - SILENT
    )
    dead = Effect.objects.filter(state=Effect.State.DEAD).count()
    return Health(overdue=overdue, silent=silent, dead=dead)

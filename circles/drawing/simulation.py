"""The simulated clock of a demonstration: it may stand in for the waiting time before a draw.

Only in demo mode, only for draw ids that begin with "demo-"; what they produce is marked MUSTER.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from circles import clock
from circles.models import Call, Departure, Draw
from circles.reviewing import objections
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError

AFTER = dt.timedelta(seconds=1)
DAY = dt.timedelta(hours=24)


class NoSimulation(DomainError):
    """The clock of a real call cannot be moved."""


def can_move(call: Call) -> bool:
    """Whether this installation and call are a demonstration."""
    return settings.DEMO and call.is_demo


def move_clock(call: Call, *, by: User) -> dt.timedelta:
    """Jump to the next moment that matters: deadline, end of objections, 24 hours after the freeze,
    the session in which dice alone are thrown, 48 hours after a no.

    Returns the jump; raises NoSimulation for real calls.
    """
    if not can_move(call):
        raise NoSimulation("no-simulation", _("Only a demonstration has a simulated clock."))
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        now = clock.now_for(call)
        draw = Draw.objects.filter(call=call).first()
        waiting = Departure.objects.filter(offer__draw=draw, state=Departure.State.OPEN)
        until = waiting.aggregate(last=Max("object_until"))["last"]
        if until is not None:
            target = until
        elif draw is not None:
            target = draw.frozen_at + DAY
            if draw.declarations.filter(lapsed_at=None, drand_round=None).exists():
                target = max(target, call.meeting.starts_at)
        elif now < call.closes_at:
            target = call.closes_at
        else:
            target = objections.periods_of(call).last_ends_at or now
        jump = max(dt.timedelta(0), target + AFTER - now)
        Call.objects.filter(pk=call.pk).update(clock_ahead=call.clock_ahead + jump)
        trail.record("clock.moved", call, by=by, seconds=int(jump.total_seconds()))
    return jump

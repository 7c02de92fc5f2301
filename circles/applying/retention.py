"""How long people are remembered: the promise of the privacy notice, kept by the portal itself.

Not drawn: the call's days after the last answer, the reserve until the circle ends. Drawn: 180 days
after that. Tickets stay, so every draw can still be recomputed. Whoever was named for a seat is
remembered as long: the call's days after a no, 180 days after the end of a circle as its member.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from circles import clock
from circles.alone import each_alone
from circles.applying import erasure
from circles.models import (
    Application,
    Call,
    Circle,
    Departure,
    Draw,
    DrawEvent,
    DrawMotion,
    Nomination,
    Offer,
    Seat,
)
from circles.seating import naming, nominations, offers
from foundation.audit import trail

SEATED_KEPT = dt.timedelta(days=180)
KEPT_WITHOUT_CALL = 30  # days, as a call has them unless it says otherwise
OVER = (Call.State.DRAWN, Call.State.ALL_ADMITTED, Call.State.WITHDRAWN)


def forget_overdue() -> int:
    """Erase everybody whose time is over, in every call; returns how many."""
    remembered = Application.objects.filter(erased_at=None).values("call")
    naming.forget_contacts()
    over = Call.objects.filter(state__in=OVER, pk__in=remembered).select_related("circle")
    named = Circle.objects.filter(seats__nominations__isnull=False).distinct()
    return each_alone(over, _forget) + each_alone(named, _forget_named)


def _forget(call: Call) -> int:
    now = clock.now_for(call)
    due = list(_not_drawn(call, now)) + list(_seated(call, now))
    for application in due:
        with transaction.atomic():
            accepted = application.offers.filter(state=Offer.State.ACCEPTED).first()
            if accepted is not None:
                offers.take_back_accepted(accepted, by=None, is_forgotten=True)
            erasure.erase(application, by=None, kind=DrawEvent.Kind.ERASED)
    return len(due)


def _forget_named(circle: Circle) -> int:
    """Nominations that came to nothing, and the named members of a circle long over."""
    gone, now = 0, timezone.now()
    ended_at = circle.ended_at
    if ended_at is not None and now >= ended_at + SEATED_KEPT:
        seats = circle.seats.filter(state=Seat.State.TAKEN).exclude(kind=Seat.Kind.LOT)
        for seat in seats:
            nominations.forget_member(seat)
            gone += 1
    call = circle.calls.order_by("pk").last()
    kept = dt.timedelta(days=call.kept_days if call else KEPT_WITHOUT_CALL)
    unforgotten = Nomination.objects.filter(seat__circle=circle).exclude(reason="")
    closed = unforgotten.exclude(state__in=[Nomination.State.OPEN, Nomination.State.ACCEPTED])
    over = closed.filter(answered_at__lte=now - kept).select_related("person")
    people = [nomination.person for nomination in over]
    for nomination in over:
        nominations.forget(nomination)
    erasure.forget_accounts(people)
    return gone + len(people)


def _not_drawn(call: Call, now: dt.datetime) -> Iterable[Application]:
    """Everybody without a place, and the reserve once the circle has ended."""
    settled_at = _settled_at(call)
    if settled_at is None or now < settled_at + dt.timedelta(days=call.kept_days):
        return ()
    is_over = call.circle.state == Circle.State.FINISHED or _annulled_at(call) is not None
    kept = () if is_over else _reserve(call)
    return (
        _remembered(call)
        .exclude(offers__state__in=[Offer.State.OPEN, Offer.State.ACCEPTED])
        .exclude(pk__in=kept)
    )


def _seated(call: Call, now: dt.datetime) -> Iterable[Application]:
    ended_at = call.circle.ended_at
    if ended_at is None or now < ended_at + SEATED_KEPT:
        return ()
    return _remembered(call).filter(offers__state=Offer.State.ACCEPTED)


def _settled_at(call: Call) -> dt.datetime | None:
    """Since when nobody is waited for: the last answer to an offer, or the end of a call."""
    if call.state == Call.State.WITHDRAWN:
        return _moment_of(call, "state.withdrawn")
    draw = Draw.objects.get(call=call)
    if draw.offers.filter(state=Offer.State.OPEN).exists():
        return None
    if draw.offers.filter(departures__state=Departure.State.OPEN).exists():
        return None
    last: dt.datetime | None = draw.offers.aggregate(last=Max("answered_at"))["last"]
    return max(last or draw.frozen_at, _annulled_at(call) or draw.frozen_at)


def _annulled_at(call: Call) -> dt.datetime | None:
    """When two people marked the draw as annulled: nobody waits on its reserve list any more."""
    found = DrawMotion.objects.annulments().filter(draw__call=call)
    return found.values_list("carried_at", flat=True).first()


def _reserve(call: Call) -> list[int]:
    """The first of those who still wait, as many as the call promises to keep."""
    events = DrawEvent.objects.filter(draw__call=call)
    back = events.filter(kind=DrawEvent.Kind.REINSTATED).values("ticket")
    gone = events.exclude(kind=DrawEvent.Kind.REINSTATED).values("ticket")
    waiting = _remembered(call).filter(offers=None, places__draw__call=call)
    order = waiting.exclude(ticket__in=gone).order_by("places__number")
    first = list(order.filter(ticket__in=back).values_list("pk", flat=True))
    rest = order.exclude(ticket__in=back).values_list("pk", flat=True)
    return first + list(rest[: call.reserve_kept])


def _remembered(call: Call) -> QuerySet[Application]:
    return call.applications.filter(erased_at=None, confirmed_at__isnull=False)


def _moment_of(subject: Call, verb: str) -> dt.datetime | None:
    entry = trail.history_of(subject).filter(verb=verb).last()
    return None if entry is None else entry.at

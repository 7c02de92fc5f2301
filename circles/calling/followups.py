"""When the reserve of a draw is used up: another call, for the seats by lot that are left."""

from __future__ import annotations

from django.utils.translation import gettext as _

from circles.models import Application, Call, Circle, Departure, Draw, DrawMotion, Offer, Seat

ENDED = (Call.State.DRAWN, Call.State.ALL_ADMITTED)


def free_seats(circle: Circle) -> int:
    """How many seats by lot nobody has and nobody is offered."""
    return circle.seats.filter(kind=Seat.Kind.LOT, state=Seat.State.FREE).count()


def reserve_left(circle: Circle) -> int:
    """How many people of earlier draws may still move up."""
    left = 0
    annulled = DrawMotion.objects.annulments().values("draw")
    drawn = Draw.objects.filter(call__circle=circle, call__state__in=ENDED)
    for draw in drawn.exclude(pk__in=annulled):
        filled = draw.offers.filter(state__in=[Offer.State.OPEN, Offer.State.ACCEPTED]).count()
        filled += Departure.objects.filter(offer__draw=draw, state=Departure.State.OPEN).count()
        if filled >= draw.seats:
            continue
        gone = draw.events.values("ticket")
        waiting = draw.places.filter(application__erased_at=None, application__offers=None)
        waiting = waiting.exclude(ticket__in=gone)
        left += waiting.exclude(application__state=Application.State.WITHDRAWN).count()
    return left


def is_due(circle: Circle) -> bool:
    """Whether a follow-up call is the next step: seats by lot are free, and nobody moves up."""
    if circle.state == Circle.State.FINISHED or not free_seats(circle):
        return False
    found = set(circle.calls.values_list("state", flat=True))
    under_way = {Call.State.DRAFT, Call.State.OPEN, Call.State.FROZEN}
    return bool(found & set(ENDED)) and not found & under_way and not reserve_left(circle)


def obstacles(call: Call) -> list[str]:
    """Why a further call of the circle may not open yet; empty for a first one."""
    if reserve_left(call.circle):
        return [
            _(
                "People on the reserve list of the last draw come first. "
                "A further call opens when nobody is left there."
            )
        ]
    return []

"""An authority has annulled a draw: whoever has a place by it loses it, and hears of it by mail.

Order, files and log of the draw stay as they are. The seats are free for a further call.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from circles.applying import applications
from circles.models import Circle, Departure, DrawMotion, Offer
from circles.seating.offers import HELD, free_seat
from foundation import states
from foundation.accounts.models import User


def free_the_seats(motion: DrawMotion, *, by: User) -> None:
    """Free every seat that the annulled draw fills, and tell its people.

    What a circle has finished stays as it was: there only the mark is new.
    """
    carried_at = motion.carried_at
    if carried_at is None or motion.draw.call.circle.state == Circle.State.FINISHED:
        return
    affected = motion.draw.offers.filter(
        Q(state__in=HELD) | Q(departures__state=Departure.State.OPEN)
    )
    found = Offer.objects.filter(pk__in=affected.values("pk"))
    for offer in found.select_related("seat", "application__call__circle").order_by("pk"):
        _free(offer, carried_at, by=by)
        applications.mail(
            "draw_annulled",
            offer.application,
            key=f"draw-annulled-{motion.pk}-{offer.pk}",
            motion=motion,
        )


def _free(offer: Offer, now: dt.datetime, *, by: User) -> None:
    leaving = offer.departures.filter(state=Departure.State.OPEN).first()
    if leaving is not None:
        states.advance(leaving, Departure.State.OVERTAKEN, by=by, closed_at=now)
    if offer.state in HELD:
        states.advance(offer, Offer.State.VOID, by=by, answered_at=now)
    free_seat(offer, now, by=by)

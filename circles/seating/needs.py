"""What drawn people need to take part well: read once they have their seat, and never before."""

from __future__ import annotations

from django.db.models import QuerySet

from circles.models import Circle, Offer, Seat


def of_circle(circle: Circle) -> QuerySet[Offer]:
    """Accepted offers of this circle whose person wrote what is needed, by seat.

    Whoever has not accepted, has given the seat back or is forgotten is not among them.
    """
    accepted = Offer.objects.filter(
        seat__circle=circle,
        seat__state=Seat.State.TAKEN,
        state=Offer.State.ACCEPTED,
        application__erased_at=None,
    ).exclude(application__support_needs="")
    return accepted.select_related("seat", "application").order_by("seat__number")

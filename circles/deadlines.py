"""What the clock decides by itself: cut-offs that pass, offers that nobody answered."""

from __future__ import annotations

from circles import declarations, offers
from circles.models import Declaration, Draw, Offer


def keep_draw_deadlines() -> int:
    """Look at every draw that could have something due; returns how many things happened."""
    happened = 0
    waiting = Declaration.objects.filter(
        lapsed_at=None, result=None, cut_off_at__isnull=False
    ).values("draw")
    for draw in Draw.objects.filter(pk__in=waiting).select_related("call"):
        happened += declarations.lapse_overdue(draw) is not None
    offered = Offer.objects.filter(state=Offer.State.OPEN).values("draw")
    for draw in Draw.objects.filter(pk__in=offered).select_related("call"):
        happened += offers.expire_overdue(draw)
    return happened

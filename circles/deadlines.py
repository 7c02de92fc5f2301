"""What the clock decides by itself: cut-offs that pass, offers nobody answered, forms to forget."""

from __future__ import annotations

from circles.applying import drafts, erasure
from circles.calling import trials
from circles.drawing import declarations
from circles.models import Application, Call, Declaration, Draft, Draw, Offer
from circles.seating import offers


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


def forget_old_forms() -> int:
    """Erase applications whose code never came within seven days, old drafts, and old trials.

    Returns how many.
    """
    waiting = Application.objects.filter(confirmed_at=None).values("call")
    gone = sum(erasure.forget_unconfirmed(call) for call in Call.every.filter(pk__in=waiting))
    begun = Call.every.filter(pk__in=Draft.objects.values("call"))
    gone += sum(drafts.forget_old(call) for call in begun)
    return gone + trials.remove_forgotten()

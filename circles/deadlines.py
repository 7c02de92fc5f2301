"""What the clock decides by itself: cut-offs that pass, offers nobody answered, forms to forget."""

from __future__ import annotations

from circles.alone import each_alone
from circles.applying import drafts, erasure
from circles.calling import trials
from circles.drawing import declarations
from circles.models import Application, Call, Declaration, Draft, Draw, Offer
from circles.seating import offers


def keep_draw_deadlines() -> int:
    """Look at every draw that could have something due; returns how many things happened."""
    waiting = Declaration.objects.filter(
        lapsed_at=None, result=None, cut_off_at__isnull=False
    ).values("draw")
    draws = Draw.objects.select_related("call")
    happened = each_alone(draws.filter(pk__in=waiting), _lapse)
    offered = Offer.objects.filter(state=Offer.State.OPEN).values("draw")
    return happened + each_alone(draws.filter(pk__in=offered), offers.expire_overdue)


def forget_old_forms() -> int:
    """Erase applications whose code never came within seven days, old drafts, and old trials.

    Returns how many.
    """
    waiting = Application.objects.filter(confirmed_at=None).values("call")
    gone = each_alone(Call.every.filter(pk__in=waiting), erasure.forget_unconfirmed)
    begun = Call.every.filter(pk__in=Draft.objects.values("call"))
    gone += each_alone(begun, drafts.forget_old)
    return gone + trials.remove_forgotten()


def _lapse(draw: Draw) -> int:
    return declarations.lapse_overdue(draw) is not None

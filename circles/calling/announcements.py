"""Telling those who asked for it that a public call is open."""

from __future__ import annotations

from circles.models import Call
from foundation.subscriptions import announcing
from foundation.subscriptions.announcing import Notice
from foundation.subscriptions.wishes import Wish

CALLS = "calls"
EFFECT = "call.announce"


def announce(call: Call) -> None:
    """Ask for it in the caller's transaction; it happens when the call opens by its own clock."""
    announcing.request(
        EFFECT, _name(call.pk), due_at=call.opens_at - call.clock_ahead, call_id=call.pk
    )


def spread(call_id: int, after: int) -> None:
    """One batch of mails; nothing when the call was withdrawn before they left."""
    call = Call.objects.select_related("circle").filter(pk=call_id, state=Call.State.OPEN).first()
    if call is None:
        return
    notice = Notice(
        _name(call_id), "announcement_call", (Wish(CALLS),), {"call": call, "circle": call.circle}
    )
    announcing.spread(EFFECT, notice, after=after, call_id=call_id)


def _name(call_id: int) -> str:
    return f"call-{call_id}"

"""Closing the draw pool: from the qualified applications to `pool.txt`, once and for all.

The freeze waits for everything that could still change who takes part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circles import clock, lottery
from circles.applying import applications
from circles.drawing import quota_draws
from circles.models import Application, Call, Draw, PoolCorrection, ReviewReason
from circles.reviewing import reviews
from circles.seating import offers
from formats.sittings import agenda
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.look import moments

CORRECTED = "correction"
TWICE = "duplicate"


class NotReady(DomainError):
    """Something still has to happen before the pool can be closed."""


def freeze(call: Call, *, all_typed: bool = False, by: User, proof: Proof) -> Draw:
    """Close the pool of `call`; with no more applications than seats everybody is admitted.

    A letter that came in time may be typed for some days: before they are over, the officer's
    word is needed that `all_typed`. Raises NotReady with the next step. `proof` is the officer's
    fresh second factor.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        moment = clock.now_for(call).replace(microsecond=0)
        _demand_ready(call, untyped=waits_for_letters(call) and not all_typed)
        contents = contents_of(call)
        draw = Draw.objects.create(
            call=call, frozen_at=moment, frozen_by=by, seats=call.seats, **contents
        )
        trail.record(
            "pool.frozen",
            draw,
            by=by,
            pool=draw.pool_sha256,
            factor=proof.factor,
            all_typed=all_typed,
        )
        if draw.qualified <= call.seats:
            states.advance(call, Call.State.ALL_ADMITTED, by=by)
            offers.admit_all(draw)
        else:
            states.advance(call, Call.State.FROZEN, by=by)
            # From now on the session can follow the draw on its screen.
            agenda.lead_to(call, reverse("draw_live", args=[call.draw_id]), by=by)
    return draw


def contents_of(call: Call) -> dict[str, Any]:
    """What a freeze now would store: counts, and the bytes and digests of the files."""
    tickets = tuple(sorted(_tickets(call, "qualified")))
    plan = quota_draws.plan(call, anew=True)
    notes = tuple(plan.notes[ticket] for ticket in tickets) if plan else ()
    pool = lottery.Pool(call.draw_id, tickets, notes)
    rejected = _rejected(call)
    _demand_readable(pool, rejected)
    withdrawn = call.applications.filter(
        state=Application.State.WITHDRAWN, confirmed_at__isnull=False
    ).count()
    refused = len(rejected.tickets) if rejected else 0
    return {
        "received": len(pool.tickets) + refused + withdrawn,
        "withdrawn": withdrawn,
        "qualified": len(pool.tickets),
        "rejected": refused,
        "pool_txt": pool.to_bytes(),
        "pool_sha256": pool.digest,
        "lottery_txt": plan.rows.to_bytes() if plan else None,
        "lottery_sha256": plan.rows.digest if plan else "",
        "rejected_txt": rejected.to_bytes() if rejected else None,
        "rejected_sha256": rejected.digest if rejected else "",
    }


def obstacles(call: Call) -> list[str]:
    """What still stands between this call and its freeze, in sentences; empty when ready."""
    found = []
    if call.state != Call.State.OPEN:
        found.append(_("The pool of this call is already closed."))
        return found
    if clock.now_for(call) < call.closes_at:
        found.append(
            _("People can apply until %(end)s. The pool can be closed after that.")
            % {"end": moments.moment_text(call.closes_at)}
        )
    found += reviews.open_matters(call)
    admitted = call.applications.filter(state=Application.State.QUALIFIED)
    # To withdraw cannot be undone: advised only when nothing can admit anybody any more.
    if not found and not admitted.exists():
        found.append(_("No application is admitted. Withdraw this call and prepare a new one."))
    return found


def waits_for_letters(call: Call) -> bool:
    """Whether letters that came before the deadline may still be typed."""
    return clock.now_for(call) < call.closes_at + applications.TYPED_WITHIN


def refusals(draw: Draw) -> list[tuple[str, int]]:
    """How many tickets were not admitted by each code, as the public file counts them."""
    if not draw.rejected_txt:
        return []
    notes = lottery.Rejected.from_bytes(bytes(draw.rejected_txt), "rejected.txt").notes
    return sorted(Counter(notes).items())


def _demand_ready(call: Call, *, untyped: bool) -> None:
    found = obstacles(call)
    if untyped:
        found.append(
            _("Until %(end)s letters that came in time may be typed. Or confirm that all are.")
            % {"end": moments.moment_text(call.closes_at + applications.TYPED_WITHIN)}
        )
    if found:
        head = ngettext(
            "The pool cannot be closed yet, because of one matter:",
            "The pool cannot be closed yet, because of %(n)d matters:",
            len(found),
        ) % {"n": len(found)}
        raise NotReady("not-ready", " ".join([head, *found]))


def _demand_readable(pool: lottery.Pool, rejected: lottery.Rejected | None) -> None:
    """What is stored for ever must be what the draw and every verifier can read."""
    try:
        lottery.Pool.from_bytes(pool.to_bytes())
        if rejected is not None:
            lottery.Rejected.from_bytes(rejected.to_bytes(), "rejected.txt")
    except lottery.LotteryFault as fault:
        raise NotReady(
            "unreadable",
            _("The list cannot be published: %(fault)s. Nothing was stored; please report this.")
            % {"fault": fault},
        ) from fault


def _tickets(call: Call, state: str) -> Iterable[str]:
    return call.applications.filter(state=state).values_list("ticket", flat=True)


def _rejected(call: Call) -> lottery.Rejected | None:
    """`rejected.txt`: ticket and the code of the first criterion found unmet.

    Who was taken out of the pool again always has the code of a correction, and the second
    application of one person that of a duplicate.
    """
    codes = dict.fromkeys(_tickets(call, "rejected"), CORRECTED)
    reasons = ReviewReason.objects.filter(
        review__application__call=call,
        review__application__state=Application.State.REJECTED,
        review__qualified=False,
    ).order_by("-criterion__position")
    for ticket, code in reasons.values_list("review__application__ticket", "criterion__code"):
        codes[ticket] = code
    for ticket in _left_out_as_second(call):
        codes[ticket] = TWICE
    for removed in PoolCorrection.objects.made().filter(draw__call=call).values_list("removed"):
        codes |= {ticket: CORRECTED for ticket in removed[0] if ticket in codes}
    if not codes:
        return None
    tickets = tuple(sorted(codes))
    return lottery.Rejected(call.draw_id, tickets, tuple(codes[ticket] for ticket in tickets))


def _left_out_as_second(call: Call) -> Iterable[str]:
    """Tickets that two people took for somebody's second one, while no criterion was against it."""
    twice = call.applications.filter(
        state=Application.State.REJECTED, like_before__is_same=True
    ).annotate(no=Count("reviews", filter=Q(reviews__qualified=False), distinct=True))
    return twice.filter(no__lt=reviews.VERDICTS_NEEDED).values_list("ticket", flat=True)

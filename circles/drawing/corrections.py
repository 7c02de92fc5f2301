"""Correcting the pool of a draw: by two people, in public, with 24 hours anew (lottery-los1, 4).

Only while no public value exists and no beacon can be known; the former files stay published.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from circles import clock, lottery
from circles.applying import applications
from circles.drawing import declarations, drand, freezing, roles
from circles.models import AgreedValue, Application, Beacon, Call, Declaration, Draw, PoolCorrection
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.audit import trail
from foundation.errors import DomainError

IN_POOL = (Application.State.QUALIFIED,)
OUTSIDE = (Application.State.REJECTED, Application.State.SUBMITTED)


class NotCorrectable(DomainError):
    """The pool cannot be corrected, or not like this."""


def propose(
    draw: Draw, *, admit: list[str], remove: list[str], reason: str, by: User, proof: Proof
) -> PoolCorrection:
    """Propose to take in and out the applications of these reference numbers, with a reason.

    The reason is public: no names. Nothing changes before a second person confirms.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=draw.call_id)
        _demand_time(call, draw)
        roles.demand_settled(by, draw)
        coming = _tickets(call, admit, OUTSIDE)
        leaving = _tickets(call, remove, IN_POOL)
        if not coming and not leaving:
            raise NotCorrectable("nothing", _("Say which application is to come in or go out."))
        if draw.corrections.filter(confirmed_at=None, withdrawn_at=None).exists():
            raise NotCorrectable("open", _("A correction is proposed already. Decide it first."))
        number = (draw.corrections.aggregate(last=Max("number"))["last"] or 0) + 1
        correction = PoolCorrection.objects.create(
            draw=draw,
            number=number,
            reason=reason,
            admitted=coming,
            removed=leaving,
            proposed_by=by,
            proposed_at=clock.now_for(call),
        )
        trail.record("pool.correction-proposed", draw, by=by, number=number, factor=proof.factor)
    return correction


def confirm(correction: PoolCorrection, *, seen: str, by: User, proof: Proof) -> Draw:
    """Make the correction: new pool, new moment of the freeze, and no declaration in force.

    `seen` is the digest of the proposal that the second person looked at.
    """
    if correction.proposed_by_id == by.pk:
        raise NotCorrectable(
            "same-person", _("A second person must confirm what you have proposed.")
        )
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=correction.draw.call_id)
        draw = Draw.objects.select_for_update().get(pk=correction.draw_id)
        _demand_time(call, draw)
        roles.demand_settled(by, draw)
        correction = PoolCorrection.objects.select_for_update().get(pk=correction.pk)
        if correction.digest != seen:
            raise NotCorrectable("changed", _("The proposal has changed. Look at it once more."))
        now = clock.now_for(call).replace(microsecond=0)
        _move(call, correction, by=by)
        made = PoolCorrection.objects.filter(
            pk=correction.pk, confirmed_at=None, withdrawn_at=None
        ).update(
            confirmed_by=by,
            confirmed_at=now,
            former_pool_sha256=draw.pool_sha256,
            former_pool_txt=draw.pool_txt,
            former_lottery_txt=draw.lottery_txt,
            former_rejected_txt=draw.rejected_txt,
            former_frozen_at=draw.frozen_at,
        )
        if not made:
            raise NotCorrectable("not-open", _("This proposal is no longer open. Reload the page."))
        contents = freezing.contents_of(call)
        if contents["qualified"] <= draw.seats:
            raise NotCorrectable(
                "too-few", _("Too few applications would be left for a draw. Withdraw the call.")
            )
        in_force = declarations.in_force(draw)
        if in_force is not None:
            Declaration.objects.filter(pk=in_force.pk).update(lapsed_at=now)
            trail.record("declaration.lapsed", in_force, by=by, sha256=in_force.sha256)
        Draw.objects.filter(pk=draw.pk).update(frozen_at=now, frozen_by=by, **contents)
        trail.record(
            "pool.corrected", draw, by=by, pool=contents["pool_sha256"], factor=proof.factor
        )
        draw.refresh_from_db()
        _tell_those_moved(draw)
    return draw


def differences(draw: Draw) -> list[tuple[PoolCorrection, list[str], list[str]]]:
    """Each correction with the tickets that came and those that went, read from its two pools.

    Who withdrew between the two went as well, without anybody having taken them out.
    """
    made = list(draw.corrections.made())
    pools = [_tickets_in(each.former_pool_txt) for each in made]
    if made:
        pools.append(_tickets_in(draw.pool_txt))
    return [
        (each, sorted(after - before), sorted(before - after))
        for each, before, after in zip(made, pools, pools[1:], strict=False)
    ]


def take_back(correction: PoolCorrection, *, by: User) -> None:
    """Take back a proposal that nobody has confirmed."""
    with transaction.atomic():
        taken = PoolCorrection.objects.filter(
            pk=correction.pk, confirmed_at=None, withdrawn_at=None
        ).update(withdrawn_at=clock.now_for(correction.draw.call))
        if not taken:
            raise NotCorrectable("not-open", _("This proposal is no longer open. Reload the page."))
        trail.record("pool.correction-withdrawn", correction.draw, by=by)


def open_proposal(draw: Draw) -> PoolCorrection | None:
    """The proposal that waits for a second person."""
    return draw.corrections.filter(confirmed_at=None, withdrawn_at=None).first()


def former_files(draw: Draw) -> dict[str, bytes]:
    """What was published before each correction, by the number of the correction."""
    files = {}
    for made in draw.corrections.exclude(confirmed_at=None):
        for kind in ("pool", "lottery", "rejected"):
            data = getattr(made, f"former_{kind}_txt")
            if data is not None:
                files[f"{kind}-{made.number}.txt"] = bytes(data)
    return files


def is_possible(call: Call, draw: Draw) -> bool:
    """Whether nothing is public or can be known yet."""
    known = AgreedValue.objects.filter(declaration__draw=draw).exists()
    if call.state != Call.State.FROZEN or known:
        return False
    if Beacon.objects.filter(declaration__draw=draw).exists() or _are_dice_thrown(draw):
        return False
    # Also the round of a lapsed declaration is over for good: its beacon seeds nothing.
    in_force = declarations.in_force(draw)
    number = in_force.drand_round if in_force else None
    return number is None or clock.now_for(call) < drand.time_of(number)


def _are_dice_thrown(draw: Draw) -> bool:
    """With dice only: once the room is on record, those in it may know what falls."""
    alone = draw.declarations.filter(drand_round=None)
    return alone.filter(Q(record__isnull=False) | Q(entries__isnull=False)).exists()


def _demand_time(call: Call, draw: Draw) -> None:
    if not is_possible(call, draw):
        raise NotCorrectable(
            "too-late",
            _("A public value exists or may be known. Nothing is corrected any more."),
        )


def _tickets_in(pool_txt: bytes | memoryview | None) -> set[str]:
    return set(lottery.Pool.from_bytes(bytes(pool_txt or b"")).tickets)


def _tell_those_moved(draw: Draw) -> None:
    """Everybody whom the last correction took in or out hears of it, with the public reason."""
    correction, came, went = differences(draw)[-1]
    moved = draw.call.applications.filter(ticket__in=[*came, *went], erased_at=None)
    for application in moved.exclude(state=Application.State.WITHDRAWN):
        applications.mail(
            "pool_corrected",
            application,
            key=f"pool-corrected-{correction.pk}-{application.pk}",
            is_in=application.ticket in came,
            reason=correction.reason,
        )


def _tickets(call: Call, references: list[str], allowed: tuple[str, ...]) -> list[str]:
    wanted = {each.strip().upper() for each in references if each.strip()}
    found = call.applications.filter(reference__in=wanted, state__in=allowed)
    tickets = dict(found.values_list("reference", "ticket"))
    unknown = sorted(wanted - set(tickets))
    if unknown:
        raise NotCorrectable(
            "unknown-reference",
            _("These reference numbers do not fit: %(numbers)s. Compare them with the list.")
            % {"numbers": ", ".join(unknown)},
        )
    return sorted(tickets.values())


def _move(call: Call, correction: PoolCorrection, *, by: User) -> None:
    """Bring each application into the state that the correction says."""
    for tickets, to in (
        (correction.admitted, Application.State.QUALIFIED),
        (correction.removed, Application.State.REJECTED),
    ):
        for application in call.applications.select_for_update().filter(ticket__in=tickets):
            states.advance(application, to, by=by)

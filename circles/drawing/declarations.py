"""Saying before anything can be known what will be drawn and how: the fingerprint of a draw.

One person proposes a declaration, another confirms it; from then on it is public and mailed to
everybody who applied.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from circles import clock, lottery
from circles.drawing import drand, fallbacks, fingerprints, relays, roles
from circles.models import Application, Call, Declaration, Draw
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail import outbox

DICE = 20
DAY = dt.timedelta(days=1)
NEW_ROUND_AHEAD = dt.timedelta(minutes=10)


class CannotDeclare(DomainError):
    """The declaration would break a rule of the lottery."""


def propose(
    draw: Draw,
    *,
    drand_at: dt.datetime | None,
    dice: int = DICE,
    fallback_on: dt.date | None = None,
    by: User,
    proof: Proof,
) -> Declaration:
    """Propose the next version: dice and the drand beacon of `drand_at`, or dice only (None).

    No `dice` with a beacon: the beacon alone. `fallback_on`: the Lotto draw that stands in should
    the beacon never come. Raises CannotDeclare when another declaration is in force or the round
    comes too early, NoFallback for a day that cannot stand in.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=draw.call_id)
        if call.state != Call.State.FROZEN:
            raise CannotDeclare("not-frozen", _("Only a closed draw pool can be declared."))
        roles.demand_settled(by, draw)
        earlier = list(draw.declarations.all())
        if any(one.lapsed_at is None for one in earlier):
            raise CannotDeclare("in-force", _("There is a declaration in force already."))
        number = _round(call, draw, drand_at, again=any(one.confirmed_at for one in earlier))
        if fallback_on is not None and number:
            fallbacks.demand_day(fallback_on, number)
        try:
            text = _text(draw, len(earlier) + 1, number, dice, fallback_on)
        except lottery.LotteryFault as fault:
            raise CannotDeclare("against-the-rules", fault.message) from fault
        declaration = Declaration.objects.create(
            draw=draw,
            version=text.version,
            declaration_txt=text.to_bytes(),
            sha256=text.digest,
            drand_round=number or None,
            dice_count=dice,
            fallback_on=text.fallback,
            proposed_by=by,
            proposed_at=clock.now_for(call),
            cut_off_at=drand.cut_off(number) if number else None,
        )
        trail.record(
            "declaration.proposed", declaration, by=by, sha256=text.digest, factor=proof.factor
        )
    return declaration


def confirm(declaration: Declaration, *, by: User, proof: Proof) -> None:
    """A second person confirms; the fingerprint becomes public and goes to all applicants.

    Who has no address gets a letter, to be printed from the outbox.
    """
    if declaration.proposed_by_id == by.pk:
        raise CannotDeclare(
            "same-person", _("A second person must confirm what you have proposed.")
        )
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=declaration.draw.call_id)
        now = clock.now_for(call)
        if call.state != Call.State.FROZEN:
            raise CannotDeclare("not-frozen", _("Only a closed draw pool can be declared."))
        roles.demand_settled(by, declaration.draw)
        _demand_time_left(declaration, now)
        written = Declaration.objects.filter(
            pk=declaration.pk, confirmed_at=None, lapsed_at=None
        ).update(confirmed_by=by, confirmed_at=now)
        if not written:
            raise CannotDeclare("not-open", _("This proposal is no longer open. Reload the page."))
        declaration.refresh_from_db()
        trail.record(
            "declaration.confirmed",
            declaration,
            by=by,
            sha256=declaration.sha256,
            factor=proof.factor,
        )
        _tell_applicants(call, declaration)
        fingerprints.put_into_invitation(call, declaration)
        fingerprints.stamp_later(declaration)
        relays.fetch_later(declaration)


def withdraw_proposal(declaration: Declaration, *, by: User) -> None:
    """Take back a proposal that nobody has confirmed; its version number is not used again."""
    with transaction.atomic():
        written = Declaration.objects.filter(
            pk=declaration.pk, confirmed_at=None, lapsed_at=None
        ).update(lapsed_at=clock.now_for(declaration.draw.call))
        if not written:
            raise CannotDeclare("not-open", _("This proposal is no longer open. Reload the page."))
        trail.record("declaration.withdrawn", declaration, by=by)


def lapse_overdue(draw: Draw) -> Declaration | None:
    """Let a declaration lapse whose cut-off passed without an agreed value; returns it."""
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=draw.call_id)
        now = clock.now_for(call)
        overdue = draw.declarations.filter(
            lapsed_at=None, cut_off_at__lte=now, agreed_value=None, result=None
        ).first()
        if overdue is None or (overdue.dice_count == 0 and overdue.confirmed_at):
            return None
        Declaration.objects.filter(pk=overdue.pk).update(lapsed_at=now)
        trail.record("declaration.lapsed", overdue, by=None, sha256=overdue.sha256)
    return overdue


def in_force(draw: Draw) -> Declaration | None:
    """The declaration that has neither lapsed nor been taken back."""
    return draw.declarations.filter(lapsed_at=None).first()


def _round(call: Call, draw: Draw, drand_at: dt.datetime | None, *, again: bool) -> int:
    if drand_at is None:
        if again:
            # Thrown dice may be known by now; only a round that nobody knows yet is fair.
            raise CannotDeclare(
                "round-needed",
                _(
                    "A declaration has lapsed. The next version needs a beacon at least ten "
                    "minutes from now; dice alone could be known already."
                ),
            )
        return 0
    ahead = NEW_ROUND_AHEAD if again else dt.timedelta(0)
    earliest = max(draw.frozen_at + DAY, clock.now_for(call) + ahead)
    if drand_at < earliest:
        raise CannotDeclare(
            "too-early",
            _(
                "The beacon must come at least 24 hours after the pool was closed, and a new "
                "round at least ten minutes from now."
            ),
        )
    return drand.round_from(drand_at)


def _demand_time_left(declaration: Declaration, now: dt.datetime) -> None:
    """Confirming takes time, too: a later version keeps its ten minutes, the first its cut-off."""
    if declaration.cut_off_at is None or declaration.drand_round is None:
        return
    siblings = Declaration.objects.filter(draw=declaration.draw_id, confirmed_at__isnull=False)
    is_late = (
        drand.time_of(declaration.drand_round) < now + NEW_ROUND_AHEAD
        if siblings.exists()
        else now >= declaration.cut_off_at
    )
    if is_late:
        raise CannotDeclare(
            "too-late", _("The round is too close. Take the proposal back and propose a later one.")
        )


def _text(
    draw: Draw, version: int, number: int, dice: int, fallback_on: dt.date | None
) -> lottery.Declaration:
    text = lottery.Declaration(
        draw=draw.call.draw_id,
        version=version,
        seats=draw.seats,
        frozen=draw.frozen_at.astimezone(dt.UTC),
        pool=draw.pool_sha256,
        lottery=draw.lottery_sha256 or "-",
        rejected=draw.rejected_sha256 or "-",
        round=number,
        dice=dice,
        fallback=fallback_on,
    )
    return lottery.Declaration.from_bytes(text.to_bytes())


def _tell_applicants(call: Call, declaration: Declaration) -> None:
    told = call.applications.filter(
        state__in=[Application.State.QUALIFIED, Application.State.REJECTED]
    )
    removed = {t for each in declaration.draw.corrections.made() for t in each.removed}
    for application in told:
        outbox.queue(
            "draw_declared",
            key=f"draw-declared-{call.draw_id}-{declaration.version}-{application.pk}",
            to=application.email,
            to_name=application.name,
            postal_address=application.postal_address,
            language=application.language,
            subject=application,
            context={
                "call": call,
                "circle": call.circle,
                "application": application,
                "declaration": declaration,
                "fingerprint": declaration.sha256,
                "is_removed": application.ticket in removed,
            },
        )

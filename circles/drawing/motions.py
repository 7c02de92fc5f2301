"""Two people, in public: a closed pool is withdrawn, a ticket comes back, or a draw is annulled.

Withdrawn only while nothing can be known. A ticket that comes back is ranked under the same seed;
nobody loses a seat, it takes the next vacancy first. If a court voids a draw, its files stay, and
nothing is redrawn: a new call is made (lottery-los1, sections 4 and 9).
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from circles import clock, permissions
from circles.applying import applications
from circles.drawing import corrections, declarations, roles
from circles.models import Application, Call, Declaration, Draw, DrawEvent, DrawMotion, Place
from circles.reviewing import recusals
from circles.seating import annulments, offers
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.audit import trail
from foundation.errors import DomainError

Kind = DrawMotion.Kind
UPHELD = "objection-upheld"
TOLD = (Application.State.SUBMITTED, Application.State.QUALIFIED, Application.State.REJECTED)


class NotPossible(DomainError):
    """This cannot be proposed or carried now; says why."""


def kinds_for(call: Call) -> tuple[DrawMotion.Kind, ...]:
    """What could be moved about the draw of this call as it stands."""
    if call.state == Call.State.FROZEN:
        return (Kind.WITHDRAW,)
    if call.state != Call.State.DRAWN or DrawMotion.objects.annulments().filter(draw__call=call):
        return ()
    return (Kind.REINSTATE, Kind.ANNUL)


def propose(
    draw: Draw,
    *,
    kind: DrawMotion.Kind,
    reason: str,
    reference: str = "",
    authority: str = "",
    file_reference: str = "",
    by: User,
    proof: Proof,
) -> DrawMotion:
    """Propose to withdraw the closed pool; after the draw, to bring the application `reference`
    back, or to mark the draw as annulled by this `authority` under its `file_reference`.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=draw.call_id)
        if kind not in kinds_for(call):
            raise NotPossible("no-motion", _("Nothing can be changed about this draw."))
        roles.demand_settled(by, draw)
        application = _rejected(call, reference) if kind == Kind.REINSTATE else None
        _demand_possible(draw, call, kind, application, by)
        if open_motion(draw) is not None:
            raise NotPossible("open", _("A proposal waits already. Decide it first."))
        motion = DrawMotion.objects.create(
            draw=draw,
            kind=kind,
            application=application,
            reason=reason,
            authority=authority,
            file_reference=file_reference,
            proposed_by=by,
            proposed_at=clock.now_for(call),
        )
        trail.record("draw-motion.proposed", draw, by=by, kind=kind, factor=proof.factor)
    return motion


def carry(draw: Draw, *, seen: int | None, by: User, proof: Proof) -> DrawMotion:
    """A second person carries the proposal that they were shown (`seen`)."""
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=draw.call_id)
        draw = Draw.objects.select_for_update().get(pk=draw.pk)
        motion = open_motion(draw)
        if motion is None or motion.pk != seen:
            raise NotPossible("changed", _("The proposal has changed. Look at it once more."))
        if motion.proposed_by_id == by.pk:
            raise NotPossible(
                "same-person", _("A second person must confirm what you have proposed.")
            )
        roles.demand_settled(by, draw)
        if motion.kind not in kinds_for(call):
            raise NotPossible("no-motion", _("Nothing can be changed about this draw."))
        _demand_possible(draw, call, motion.kind, motion.application, by)
        now = clock.now_for(call)
        DrawMotion.objects.filter(pk=motion.pk).update(carried_by=by, carried_at=now)
        motion.refresh_from_db()
        trail.record("draw-motion.carried", draw, by=by, kind=motion.kind, factor=proof.factor)
        if motion.application is not None:
            _reinstate(draw, call, motion.application, motion, by=by)
        elif motion.kind == Kind.ANNUL:
            annulments.free_the_seats(motion, by=by)
        else:
            _withdraw(draw, call, motion, by=by)
    return motion


def take_back(draw: Draw, *, by: User) -> None:
    """Take back a proposal that nobody has carried."""
    with transaction.atomic():
        now = clock.now_for(draw.call)
        waiting = draw.motions.filter(carried_at=None, taken_back_at=None)
        if not waiting.update(taken_back_at=now):
            raise NotPossible("changed", _("There is no proposal to take back."))
        trail.record("draw-motion.taken-back", draw, by=by)


def open_motion(draw: Draw) -> DrawMotion | None:
    """The proposal that waits for a second person."""
    found = draw.motions.filter(carried_at=None, taken_back_at=None)
    return found.select_related("application", "proposed_by").first()


def withdrawal_of(draw: Draw) -> DrawMotion | None:
    """The motion by which the closed pool was withdrawn."""
    return draw.motions.filter(kind=Kind.WITHDRAW).exclude(carried_at=None).first()


def annulment_of(draw: Draw) -> DrawMotion | None:
    """The motion by which the draw was marked as annulled."""
    return draw.motions.annulments().first()


def _rejected(call: Call, reference: str) -> Application:
    found = call.applications.filter(
        reference=reference.strip().upper(), state=Application.State.REJECTED, erased_at=None
    ).first()
    if found is None:
        raise NotPossible(
            "unknown-reference",
            _("No application that is not admitted has this reference number."),
        )
    return found


def _demand_possible(
    draw: Draw, call: Call, kind: str, application: Application | None, by: User
) -> None:
    if application is None:
        if kind == Kind.WITHDRAW and not corrections.is_possible(call, draw):
            raise NotPossible(
                "too-late",
                _("A public value exists or may be known. The draw takes its course."),
            )
        return
    if application.state != Application.State.REJECTED or application.erased_at is not None:
        raise NotPossible("changed", _("The application is not among the rejected any more."))
    seen = application.reviews.filter(reviewer=by).exists()
    if seen or permissions.is_own(application, by) or recusals.is_recused(application, by):
        raise NotPossible(
            "reviewed-by-you", _("You have a part in this application. Somebody else decides.")
        )


def _withdraw(draw: Draw, call: Call, motion: DrawMotion, *, by: User) -> None:
    in_force = declarations.in_force(draw)
    if in_force is not None:
        Declaration.objects.filter(pk=in_force.pk).update(lapsed_at=motion.carried_at)
        trail.record("declaration.lapsed", in_force, by=by, sha256=in_force.sha256)
    states.advance(call, Call.State.WITHDRAWN, by=by)
    affected = call.applications.filter(state__in=TOLD, erased_at=None)
    for application in affected.select_related("call__circle"):
        applications.mail("application_call_withdrawn", application, reason=motion.reason)


def _reinstate(
    draw: Draw, call: Call, application: Application, motion: DrawMotion, *, by: User
) -> None:
    states.advance(application, Application.State.QUALIFIED, by=by)
    last = draw.places.aggregate(last=Max("number"))["last"] or 0
    Place.objects.create(
        draw=draw, number=last + 1, ticket=application.ticket, application=application
    )
    offers.note_event(
        draw, DrawEvent.Kind.REINSTATED, application.ticket, motion.carried_at, UPHELD
    )
    applications.mail("application_reinstated", application, reason=motion.reason)
    offers.offer_free_seats(draw)

"""The draw itself: one transaction from public files to a result, at most once per call.

The officer asks for it; a worker does it. Killed in between, it has not happened and happens again.
"""

from __future__ import annotations

import importlib.metadata

from django.db import transaction
from django.utils.translation import gettext as _

from circles import clock, lottery
from circles.drawing import corrections, quota_draws
from circles.models import Application, Call, Declaration, Draw, DrawResult, FingerprintStamp, Place
from circles.seating import offers, turns
from foundation import states
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.audit import trail
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.errors import DomainError

DRAW_EFFECT = "circles.draw"
MINUTES_EFFECT = "circles.minutes"


class NotDrawable(DomainError):
    """The draw cannot happen yet; says what is missing."""


def missing(draw: Draw) -> list[str]:
    """What is still missing for the draw, in sentences."""
    declaration = draw.declarations.filter(lapsed_at=None, confirmed_at__isnull=False).first()
    if declaration is None:
        return [_("No confirmed declaration is in force.")]
    found = []
    if declaration.dice_count and not hasattr(declaration, "agreed_value"):
        found.append(_("Two people must have typed the same dice."))
    if declaration.drand_round and not _has_chance(declaration):
        found.append(_("The beacon of the declared round is missing."))
    return found


def request_draw(draw: Draw, *, by: User, proof: Proof) -> None:
    """Ask the worker for the draw. Asking twice, or by two people at once, makes one draw."""
    found = missing(draw)
    if found:
        raise NotDrawable("not-drawable", " ".join(found))
    with transaction.atomic():
        trail.record("draw.requested", draw, by=by, factor=proof.factor)
        work.request(
            DRAW_EFFECT,
            draw.call.draw_id,
            queue=Effect.Queue.DRAW,
            max_attempts=20,
            draw_pk=draw.pk,
        )


def is_requested(call: Call) -> bool:
    """Whether a worker has been asked for the draw of `call`."""
    return Effect.objects.filter(kind=DRAW_EFFECT, key=call.draw_id).exists()


def run(draw_pk: int) -> DrawResult:
    """Draw: seed, result, places and offers in one transaction. A second call changes nothing."""
    with transaction.atomic():
        draw = Draw.objects.select_for_update().select_related("call").get(pk=draw_pk)
        done = DrawResult.objects.filter(draw=draw).first()
        if done is not None:
            return done
        declaration = draw.declarations.get(lapsed_at=None)
        seed = seed_of(declaration)
        result = lottery.draw(
            lottery.Pool.from_bytes(bytes(draw.pool_txt)),
            lottery.Declaration.from_bytes(bytes(declaration.declaration_txt)),
            seed,
            quota_draws.rows_of(draw),
            lottery.Rejected.from_bytes(bytes(draw.rejected_txt), "rejected.txt")
            if draw.rejected_txt
            else None,
        )
        done = DrawResult.objects.create(
            draw=draw,
            declaration=declaration,
            seed_txt=seed.to_bytes(),
            seed_sha256=seed.digest,
            result_txt=result.to_bytes(),
            result_sha256=result.digest,
            software=software(),
            drawn_at=clock.now_for(draw.call),
        )
        _write_places(draw, result)
        offers.note_earlier_withdrawals(draw)
        states.advance(draw.call, Call.State.DRAWN, by=None)
        trail.record("draw.done", draw, by=None, result=result.digest)
        offers.offer_free_seats(draw)
        work.request(MINUTES_EFFECT, draw.call.draw_id, queue=Effect.Queue.PDF, draw_pk=draw.pk)
    return done


def seed_of(declaration: Declaration) -> lottery.Seed:
    """`seed.txt` from the agreed dice and the checked beacon, or what stands in for it."""
    fallback = getattr(declaration, "fallback_value", None)
    beacon = getattr(declaration, "beacon", None)
    return lottery.Seed(
        declaration=declaration.sha256,
        round=declaration.drand_round or 0,
        signature=beacon.signature if beacon and not fallback else "-",
        public=declaration.agreed_value.digits if declaration.dice_count else "-",
        fallback=fallback.value if fallback else "-",
    )


def software() -> str:
    """Which program drew: name and version, for the minutes."""
    return f"stadtbruecke 0.1.0, Django {importlib.metadata.version('django')}"


def published_files(draw: Draw) -> dict[str, bytes]:
    """Every file that is public now, by name; what is not public yet is not in it."""
    files = {"pool.txt": bytes(draw.pool_txt)}
    if draw.lottery_txt:
        files["lottery.txt"] = bytes(draw.lottery_txt)
    if draw.rejected_txt:
        files["rejected.txt"] = bytes(draw.rejected_txt)
    for declaration in draw.declarations.exclude(confirmed_at=None).order_by("version"):
        files[f"declaration-{declaration.version}.txt"] = bytes(declaration.declaration_txt)
        if declaration.lapsed_at is None:
            files["declaration.txt"] = bytes(declaration.declaration_txt)
    files |= corrections.former_files(draw)
    stamps = FingerprintStamp.objects.filter(declaration__draw=draw).select_related("declaration")
    for stamp in stamps:
        files[f"declaration-{stamp.declaration.version}.tsr"] = bytes(stamp.token)
        if stamp.declaration.lapsed_at is None:
            files["declaration.tsr"] = bytes(stamp.token)
    result = DrawResult.objects.filter(draw=draw).first()
    if result is not None:
        files["seed.txt"] = bytes(result.seed_txt)
        files["result.txt"] = bytes(result.result_txt)
        files["events.txt"] = turns.events_file(draw, result)
    return files


def _has_chance(declaration: Declaration) -> bool:
    return hasattr(declaration, "beacon") or hasattr(declaration, "fallback_value")


def _write_places(draw: Draw, result: lottery.Result) -> None:
    applications = dict(Application.objects.filter(call=draw.call_id).values_list("ticket", "pk"))
    Place.objects.bulk_create(
        [
            Place(draw=draw, number=n, ticket=ticket, application_id=applications[ticket])
            for n, ticket in enumerate(result.order, start=1)
        ],
        batch_size=5000,
    )

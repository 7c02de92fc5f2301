"""Rehearsing a draw: everything as on the evening, but with invented tickets, and marked PROBE.

A rehearsal touches neither pool nor declaration, and its draw id can never be a real one's.
"""

from __future__ import annotations

import datetime as dt
import io
import secrets
import zipfile

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from circles import clock, lottery
from circles.drawing import values
from circles.drawing.tickets import ticket
from circles.models import Call, TrialDraw
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError

PEOPLE = 40
DICE = 20
PREFIX = "probe-"
ONE_MOMENT = (1980, 1, 1, 0, 0, 0)  # same rehearsal, same bytes


class NoRehearsal(DomainError):
    """The rehearsal cannot be held with what was typed."""


def rehearse(call: Call, first: str, second: str, *, by: User) -> TrialDraw:
    """Draw `call.seats` of forty invented tickets by the dice that two people read alike."""
    read = [values.bare_digits(each) for each in (first, second)]
    if read[0] != read[1]:
        raise NoRehearsal(
            "entries-differ",
            _("The two entries differ. Look at the dice once more; both people type again."),
        )
    if len(read[0]) != DICE or set(read[0]) - set("123456"):
        raise NoRehearsal(
            "not-dice", _("A rehearsal takes %(n)d dice, digits 1 to 6.") % {"n": DICE}
        )
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        number = (locked.trials.aggregate(last=Max("number"))["last"] or 0) + 1
        pool, declaration, seed = _files(locked, number, read[0])
        result = lottery.draw(pool, declaration, seed)
        trial = TrialDraw.objects.create(
            call=locked,
            number=number,
            people=PEOPLE,
            seats=locked.seats,
            digits=read[0],
            pool_txt=pool.to_bytes(),
            declaration_txt=declaration.to_bytes(),
            seed_txt=seed.to_bytes(),
            result_txt=result.to_bytes(),
            made_by=by,
            made_at=clock.now_for(locked),
        )
        trail.record("draw.rehearsed", locked, by=by, number=number)
    return trial


def seats_of(trial: TrialDraw) -> list[str]:
    """The invented tickets that the rehearsal drew, in order."""
    order = lottery.Result.from_bytes(bytes(trial.result_txt)).order
    return list(order[: trial.seats])


def files_of(trial: TrialDraw) -> bytes:
    """A ZIP with the four files, for practising the check; every one names a `probe-` draw."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in ("pool", "declaration", "seed", "result"):
            data = bytes(getattr(trial, f"{name}_txt"))
            packed.writestr(zipfile.ZipInfo(f"{name}.txt", ONE_MOMENT), data)
    return made.getvalue()


def _files(
    call: Call, number: int, digits: str
) -> tuple[lottery.Pool, lottery.Declaration, lottery.Seed]:
    draw_id = f"{PREFIX}{number}-{call.draw_id}"[:64].rstrip("-")
    invented = (
        ticket(draw_id, secrets.token_hex(16), f"probe{n}@example.org") for n in range(PEOPLE)
    )
    pool = lottery.Pool(draw_id, tuple(sorted(invented)))
    frozen = clock.now_for(call).replace(microsecond=0) - dt.timedelta(days=1)
    declaration = lottery.Declaration(
        draw=draw_id,
        version=1,
        seats=call.seats,
        frozen=frozen.astimezone(dt.UTC),
        pool=pool.digest,
        lottery="-",
        rejected="-",
        round=0,
        dice=DICE,
        fallback=None,
    )
    return pool, declaration, lottery.Seed(declaration.digest, 0, "-", digits, "-")

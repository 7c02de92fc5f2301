"""An auditor opens a random sample of tickets to the people behind them: ghosts would show.

Which tickets follows from the seed of the draw and the number of the sample, so that neither the
office nor the auditor can choose; anybody can compute which ones were opened.
"""

from __future__ import annotations

import dataclasses
import hmac

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from circles import lottery
from circles.drawing import tickets
from circles.models import Application, AuditSample, Draw, DrawResult
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError

MOST = 50
# All samples of a draw together: enough to find ghosts, too few to open everybody.
CEILING = 100
PURPOSE = "draw-sample"


class NoSample(DomainError):
    """No sample can be drawn now."""


@dataclasses.dataclass(frozen=True)
class Opened:
    """One ticket and its person; `fits`: recomputed here it gives this ticket. Erased: empty.

    The nonce stays where it is: whoever knew it could prove the link to anybody.
    """

    ticket: str
    identity: str
    name: str
    fits: bool
    is_erased: bool


def draw_sample(draw: Draw, size: int, *, by: User) -> AuditSample:
    """Draw the next sample of this draw; its tickets are fixed by number, size and seed."""
    if not DrawResult.objects.filter(draw=draw).exists():
        raise NoSample("not-drawn", _("A sample follows from the seed: first comes the draw."))
    with transaction.atomic():
        Draw.objects.select_for_update().get(pk=draw.pk)
        most = min(MOST, left(draw))
        if not most:
            raise NoSample(
                "ceiling", _("As many tickets as this draw allows have been opened already.")
            )
        if not 1 <= size <= most:
            raise NoSample("wrong-size", _("Choose from 1 to %(most)d tickets.") % {"most": most})
        number = (draw.samples.aggregate(last=Max("number"))["last"] or 0) + 1
        sample = AuditSample.objects.create(draw=draw, number=number, size=size, drawn_by=by)
        trail.record("draw.sampled", draw, by=by, number=number, size=size)
    return sample


def left(draw: Draw) -> int:
    """How many tickets may still be opened: half of the pool in all, at most CEILING."""
    opened = draw.samples.aggregate(all=Sum("size"))["all"] or 0
    return max(0, min(CEILING, (draw.qualified + 1) // 2) - opened)


def chosen(result: lottery.Result, number: int, size: int) -> list[str]:
    """The tickets of a sample: the smallest by HMAC-SHA256(S, "los1 sample <number>" + ticket)."""
    key = bytes.fromhex(result.seed)

    def mark(ticket: str) -> tuple[bytes, str]:
        message = f"los1 sample {number}\n{ticket}".encode("ascii")
        return hmac.digest(key, message, "sha256"), ticket

    return sorted(result.order, key=mark)[:size]


def open_sample(sample: AuditSample, *, by: User) -> list[Opened]:
    """Who is behind each ticket of the sample; that it was looked at is noted for everybody."""
    result = DrawResult.objects.get(draw=sample.draw_id)
    order = lottery.Result.from_bytes(bytes(result.result_txt))
    wanted = chosen(order, sample.number, sample.size)
    call = sample.draw.call
    people = {
        each.ticket: each for each in Application.objects.filter(call=call, ticket__in=wanted)
    }
    trail.log_access(by, [sample.draw, *people.values()], purpose=PURPOSE)
    return [_opened(call.draw_id, ticket, people.get(ticket)) for ticket in wanted]


def _opened(draw_id: str, ticket: str, person: Application | None) -> Opened:
    if person is None or person.erased_at is not None or not person.nonce:
        return Opened(ticket, "", "", fits=False, is_erased=person is not None)
    fits = tickets.ticket(draw_id, person.nonce, person.identity) == ticket
    return Opened(ticket, person.identity, person.name, fits, is_erased=False)

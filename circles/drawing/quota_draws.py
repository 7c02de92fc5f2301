"""A draw with quotas, from the answers of a call to `lottery.txt`: strata, limits, exact chances.
The mathematics runs in a child process, whose memory goes with it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from circles import lottery
from circles.drawing import quota_sentences
from circles.drawing.strata import OPEN, strata
from circles.lottery import LotteryRows, Pool, Quota
from circles.models import Application, Call, Draw, QuotaAttribute
from circles.quotas.instance import Instance, instance
from foundation.errors import DomainError

TOTAL = 1_000_000
PATIENCE = 300  # seconds
KEPT_SECONDS = 24 * 60 * 60


class NoLottery(DomainError):
    """The lottery could not be computed."""


@dataclass(frozen=True)
class Plan:
    """What a freeze now would publish: a stratum for each ticket, the rows, what gives way."""

    notes: dict[str, str]
    rows: LotteryRows
    sentences: list[str]


def plan(call: Call, *, anew: bool = False) -> Plan | None:
    """The plan of `call`, or None where everybody is admitted or nothing was asked.

    Pages show the one that was computed for the same answers before; what is published is computed
    `anew`. Raises NoLottery when the computation fails.
    """
    attributes = list(call.attributes.prefetch_related("values"))
    notes = strata(_codes(call, attributes)) if attributes else {}
    if not notes or len(notes) <= call.seats:
        return None
    asked = instance(Counter(notes.values()), quotas_of(attributes), call.seats)
    rows = _computed(asked, call.draw_id, anew=anew)
    changes = [pair for pair in zip(asked.quotas, rows.quotas, strict=True) if pair[0] != pair[1]]
    words = _words(attributes)
    sentences = quota_sentences.of_relaxation(asked, changes, lambda quota: words[quota[:2]])
    return Plan(notes, rows, sentences)


def quotas_of(attributes: list[QuotaAttribute]) -> list[Quota]:
    """The limits as the call has them."""
    return [
        Quota(attribute.position, value.code, value.least, value.most)
        for attribute in attributes
        for value in attribute.values.all()
    ]


@dataclass(frozen=True)
class Chance:
    """One stratum as the public page shows it."""

    stratum: str
    words: str
    people: int
    chance: Fraction
    percent: float


@dataclass(frozen=True)
class Limit:
    """One quota as the public page shows it: as asked for, and as drawn."""

    words: str
    code: str
    asked: Quota
    kept: Quota


@dataclass(frozen=True)
class Chances:
    """Everything the public page says about a draw with quotas."""

    strata: list[Chance]
    limits: list[Limit]
    lowest: Chance
    highest: Chance
    ratio: float | None


def chances_of(draw: Draw) -> Chances | None:
    """The published chances of this draw; None without quotas."""
    rows = rows_of(draw)
    if rows is None:
        return None
    pool = Pool.from_bytes(bytes(draw.pool_txt))
    attributes = list(draw.call.attributes.prefetch_related("values"))
    words, sizes = _words(attributes), Counter(pool.notes)
    shown = [
        Chance(
            name,
            ", ".join(
                words.get((n, code), _("no answer")) for n, code in enumerate(name.split("|"))
            ),
            sizes[name],
            chance,
            float(chance) * 100,
        )
        for name, chance in lottery.chances(pool, rows).items()
    ]
    lowest, highest = (best(shown, key=lambda one: one.chance) for best in (min, max))
    ratio = float(highest.chance / lowest.chance) if lowest.chance else None
    asked = {quota[:2]: quota for quota in quotas_of(attributes)}
    limits = [Limit(words[q[:2]], q.value, asked[q[:2]], q) for q in rows.quotas]
    return Chances(shown, limits, lowest, highest, ratio)


def rows_of(draw: Draw) -> LotteryRows | None:
    """`lottery.txt` of this draw, read; None without quotas."""
    return LotteryRows.from_bytes(bytes(draw.lottery_txt)) if draw.lottery_txt else None


def _codes(call: Call, attributes: list[QuotaAttribute]) -> dict[str, list[str]]:
    pool = call.applications.filter(state=Application.State.QUALIFIED)
    found = {ticket: [OPEN] * len(attributes) for ticket in pool.values_list("ticket", flat=True)}
    of_position = {attribute.pk: attribute.position for attribute in attributes}
    code = {value.pk: value.code for each in attributes for value in each.values.all()}
    given = pool.filter(quota_answers__isnull=False).values_list(
        "ticket", "quota_answers__attribute", "quota_answers__value"
    )
    for ticket, attribute, value in given:
        found[ticket][of_position[attribute]] = code[value]
    return found


def _words(attributes: list[QuotaAttribute]) -> dict[tuple[int, str], str]:
    return {
        (attribute.position, value.code): str(value.label)
        for attribute in attributes
        for value in attribute.values.all()
    }


def _computed(asked: Instance, draw_id: str, *, anew: bool) -> LotteryRows:
    question = {
        "types": dict(zip(asked.types, asked.sizes, strict=True)),
        "quotas": asked.quotas,
        "seats": asked.seats,
        "total": TOTAL,
    }
    asking = json.dumps(question)
    key = f"quota-rows-{hashlib.sha256(f'{draw_id} {asking}'.encode()).hexdigest()}"
    kept = None if anew else cache.get(key)
    if kept is not None:
        return LotteryRows.from_bytes(kept)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "circles.quotas"],
            input=asking,
            capture_output=True,
            text=True,
            check=True,
            cwd=settings.BASE_DIR,
            timeout=PATIENCE,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as fault:
        raise NoLottery(
            "no-lottery",
            _("The lottery with quotas could not be computed. Nothing was stored; try again."),
        ) from fault
    found = json.loads(done.stdout)
    rows = LotteryRows(
        draw_id,
        TOTAL,
        asked.types,
        tuple(Quota(*quota) for quota in found["quotas"]),
        tuple((row[0], tuple(row[1:])) for row in found["rows"]),
    )
    cache.set(key, rows.to_bytes(), KEPT_SECONDS)
    return LotteryRows.from_bytes(rows.to_bytes())

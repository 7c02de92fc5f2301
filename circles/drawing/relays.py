"""Fetching a beacon from the relays that the installation names; without them it is pasted.

What a relay says counts for nothing until its signature is checked.
"""

from __future__ import annotations

import json
import logging
import re
import urllib.error
import urllib.request
from http.client import HTTPException

from django.conf import settings
from django.utils.translation import gettext as _

from circles.drawing import drand
from circles.lottery import CHAIN
from circles.models import Declaration
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.errors import DomainError

EFFECT = "circles.beacon"
PATIENCE = 4.0  # seconds for each relay
LARGEST = 4096  # bytes of an answer
TRIES = 20

logger = logging.getLogger(__name__)


class NoRelay(DomainError):
    """No relay gave a genuine signature of this round."""


def fetch(round: int) -> str:
    """The genuine signature of `round` from the first relay that has it; raises NoRelay."""
    for relay in settings.DRAND_RELAYS:
        signature = _ask(f"{relay}/{CHAIN}/public/{round}")
        if signature and drand.verify(round, signature):
            return signature
    raise NoRelay(
        "no-relay", _("No relay answered with a genuine signature. Try again, or paste it.")
    )


def fetch_later(declaration: Declaration) -> None:
    """Ask the worker for the beacon as soon as it is out, in the caller's transaction."""
    if not settings.DRAND_RELAYS or declaration.drand_round is None:
        return
    ahead = declaration.draw.call.clock_ahead
    work.request(
        EFFECT,
        f"{declaration.draw.call.draw_id}-{declaration.version}",
        queue=Effect.Queue.DRAW,
        due_at=drand.time_of(declaration.drand_round) - ahead,
        max_attempts=TRIES,
        declaration_pk=declaration.pk,
    )


def _ask(address: str) -> str:
    """The signature in a relay's answer, or an empty word."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - settings
            said = json.loads(answer.read(LARGEST))
    except (OSError, ValueError, HTTPException) as fault:
        logger.warning("relay did not answer: %s", type(fault).__name__)
        return ""
    signature = said.get("signature", "") if isinstance(said, dict) else ""
    fits = isinstance(signature, str) and re.fullmatch(r"[0-9a-f]{96}", signature)
    return signature if fits else ""

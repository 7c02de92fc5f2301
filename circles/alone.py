"""One thing after another, each in a transaction of its own: what fails holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import DatabaseError, models, transaction

from foundation.errors import DomainError

T = TypeVar("T", bound=models.Model)
logger = logging.getLogger(__name__)


def each_alone(things: Iterable[T], act: Callable[[T], int]) -> int:
    """The sum of what `act` returns; a refusal is logged, and the clock tries again next time."""
    done = 0
    for thing in things:
        try:
            with transaction.atomic():
                done += act(thing)
        except (DomainError, DatabaseError):
            logger.exception("%s failed for %s %s", act.__name__, type(thing).__name__, thing.pk)
    return done

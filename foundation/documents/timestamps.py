"""Whom we ask for the time: a time stamping authority (RFC 3161), when one is configured."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

from foundation.errors import DomainError

PATIENCE = 10  # seconds


class SourceAway(DomainError):
    """The time stamping or revocation service does not answer: nothing was sealed, try again."""


def time_stamper() -> TimeStamper:
    """The authority of settings.TSA_URL; raises SourceAway when none is configured any more."""
    if not settings.TSA_URL:
        raise stamp_away()
    return RequestsHTTPTimeStamper(  # type: ignore[no-untyped-call]
        settings.TSA_URL, timeout=PATIENCE
    )


def stamp_away() -> SourceAway:
    """The refusal to go on without the time stamp that was promised."""
    return SourceAway(
        "time-stamp-away",
        _(
            "The time stamping service does not answer. The document waits for its time stamp; "
            "it is tried again by itself."
        ),
    )

"""Votes between sessions: in writing, with every member asked, and ended by one objection.

Valid only if all members with a vote had it and nobody objected to the procedure.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from formats.models import AskedSeat, Body, Resolution
from formats.sittings import meetings, resolutions
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents.rendering import check_limits
from foundation.errors import DomainError
from foundation.mail import outbox

logger = logging.getLogger(__name__)

SHORTEST = dt.timedelta(days=3)
LONGEST = dt.timedelta(days=60)


class NotCirculable(DomainError):
    """Somebody with a vote cannot be asked, or the time is too short."""


def start(
    body: Body, *, wording: str, closes_at: dt.datetime, is_public: bool = True, by: User
) -> Resolution:
    """Ask every member with a vote in writing until `closes_at`; such as DIV-2026-U/01.

    Who was asked is fixed: whoever comes into the body later has no vote in it.
    """
    now = timezone.now()
    if not wording.strip():
        raise resolutions.NotVotable("no-words", _("Write down what is voted on, word for word."))
    check_limits(wording)
    if not SHORTEST <= closes_at - now <= LONGEST:
        raise NotCirculable(
            "circular-term",
            _("Members need at least %(least)s days to answer, and at most %(most)s.")
            % {"least": SHORTEST.days, "most": LONGEST.days},
        )
    with transaction.atomic():
        body = Body.objects.select_for_update().get(pk=body.pk)
        year = meetings.year_of(body, now)
        members = meetings.members_on(body, timezone.localdate()).with_vote()  # type: ignore[attr-defined]
        asked = list(members.select_related("user"))
        if not asked or any(each.user is None or not each.user.email for each in asked):
            raise NotCirculable(
                "not-all-reached",
                _("A circular vote must reach every member with a vote. Somebody has no address."),
            )
        n = resolutions.next_n(body, year, 0)
        resolution = Resolution.objects.create(
            body=body,
            year=year,
            ordinal=0,
            n=n,
            number=f"{body.short_name}-{year}-U/{n:02d}",
            wording=wording.strip(),
            procedure=Resolution.Procedure.CIRCULAR,
            is_public=is_public,
            closes_at=closes_at,
            entitled=len(asked),
            quorum_percent=body.quorum_percent,
        )
        AskedSeat.objects.bulk_create(
            AskedSeat(resolution=resolution, membership=each) for each in asked
        )
        trail.record("resolution.opened", resolution, by=by, procedure="circular")
        for membership in asked:
            outbox.queue(
                "circular_vote",
                key=f"circular-{resolution.pk}-{membership.pk}",
                to=membership.user.email,
                to_name=membership.user.name,
                language=membership.user.language,
                subject=resolution,
                context={"resolution": resolution, "body": body},
                by=by,
            )
    return resolution


def close_due() -> None:
    """Count circular votes whose time is over; one that fails holds up no other."""
    due = Resolution.objects.filter(state=Resolution.State.OPEN, closes_at__lte=Now())
    for resolution in due.order_by("pk"):
        try:
            _close(resolution)
        except (DomainError, IntegrityError):
            logger.exception("circular vote %s cannot be counted", resolution.number)


def _close(resolution: Resolution) -> None:
    """Without a quorum the vote is stopped with that reason."""
    try:
        resolutions.close_vote(resolution, by=None)
    except resolutions.NoQuorum as refusal:
        resolutions.stop(resolution, reason=refusal.message, by=None)


def waiting_for(user: User) -> list[Resolution]:
    """Open votes in which `user` has a vote and has not given it."""
    found = Resolution.objects.filter(state=Resolution.State.OPEN, body__memberships__user=user)
    rows = found.exclude(voices__membership__user=user).select_related("body", "meeting")
    return [
        each
        for each in rows.distinct().order_by("pk")
        if each.procedure not in Resolution.COUNTED and resolutions.seat_in(each, user)
    ]

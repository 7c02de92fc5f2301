"""Putting the deadline of an open call off: before it passes, publicly, and with a reason.

Later than the deadline nobody can: whoever came in time would compete with people picked by hand.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from circles import clock
from circles.applying import applications
from circles.calling import calls
from circles.models import Application, Call, Extension
from formats.models import Meeting
from formats.sittings import agenda
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText

TOLD = (Application.State.SUBMITTED, Application.State.QUALIFIED, Application.State.REJECTED)


class NotExtendable(DomainError):
    """The call is not open any more, or the new deadline does not fit."""


def extend(
    call: Call,
    *,
    closes_at: dt.datetime,
    meeting: Meeting,
    reason: LocalizedText,
    by: User,
) -> int:
    """Put the deadline off to `closes_at`, to be drawn in `meeting`; tell everybody who applied.

    Returns how many are told. Raises NotExtendable with all that stands against it.
    """
    with transaction.atomic():
        # Freezing and every application lock the call as well: one of us comes first.
        call = Call.objects.select_for_update().get(pk=call.pk)
        _demand(call, closes_at, meeting, reason)
        moves = meeting.pk != call.meeting_id
        extension = Extension.objects.create(
            call=call,
            closed_at=call.closes_at,
            closes_at=closes_at,
            met_in_id=call.meeting_id,
            meeting=meeting,
            reason=reason,
            decided_by=by,
            decided_at=clock.now_for(call),
        )
        if moves:
            agenda.take_off(call.meeting, call, by=by)
        call.closes_at, call.meeting = closes_at, meeting
        call.save(update_fields=["closes_at", "meeting"])
        if moves:
            calls.put_on_agenda(call, by=by)
        trail.record(
            "call.extended", call, by=by, extension=extension.pk, closes_at=closes_at.isoformat()
        )
        return _tell(extension)


def obstacles(call: Call, now: dt.datetime) -> list[str]:
    """Why the deadline cannot be put off any more, in sentences; empty while it can."""
    if call.state != Call.State.OPEN:
        return [_("Only an open call can be extended.")]
    if now >= call.closes_at:
        return [
            _(
                "The deadline has passed, so it stays. With too few applications you can withdraw "
                "the call and prepare a new one."
            )
        ]
    return []


def _demand(call: Call, closes_at: dt.datetime, meeting: Meeting, reason: LocalizedText) -> None:
    found = obstacles(call, clock.now_for(call))
    if not found:
        found += calls.obstacles_of_session(call, meeting, closes_at)
        if closes_at <= call.closes_at:
            found.append(_("The new deadline must be later than the one that is public."))
        if not reason:
            found.append(_("Please write why the deadline is put off."))
    if found:
        raise NotExtendable("not-extendable", " ".join(found))


def _tell(extension: Extension) -> int:
    told = extension.call.applications.filter(state__in=TOLD, erased_at=None)
    for application in told.select_related("call__circle"):
        applications.mail(
            "application_call_extended",
            application,
            key=f"application-call-extended-{extension.pk}-{application.pk}",
            extension=extension,
        )
    return len(told)

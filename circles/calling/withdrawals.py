"""Ending a call before its pool is closed: the page stays and says so, applicants hear of it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from circles.applying import applications
from circles.models import Application, Call
from foundation import states
from foundation.accounts.models import User
from foundation.errors import DomainError


class PoolIsClosed(DomainError):
    """One person alone withdraws no closed pool."""


def withdraw_call(call: Call, *, by: User) -> int:
    """Withdraw the call; the mails to all who applied wait to be read. Returns how many."""
    told = (Application.State.SUBMITTED, Application.State.QUALIFIED, Application.State.REJECTED)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        if call.state == Call.State.FROZEN:
            raise PoolIsClosed(
                "pool-closed",
                _("The pool is closed: two people withdraw it, at the desk of the draw."),
            )
        states.advance(call, Call.State.WITHDRAWN, by=by)
        affected = call.applications.filter(state__in=told, erased_at=None)
        for application in affected.select_related("call__circle"):
            applications.mail("application_call_withdrawn", application, hold=True)
    return len(affected)

"""Who can be one of the two people of a draw: somebody with a role and a second factor that last.

Whoever gives out roles could else make up a second person in a minute. Function and begin of each
role stand in the minutes.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from circles import clock
from circles.models import Call, Draw
from foundation.accounts import factor
from foundation.accounts.models import Mandate, Role, User
from foundation.accounts.models.mandate import MandateQuerySet
from foundation.audit import trail
from foundation.errors import DomainError

ROLES = (Role.LOTTERY_OFFICER, Role.OFFICE, Role.AUDITOR, Role.CHAIR)
SETTLES = dt.timedelta(hours=24)
WHOLE_SECOND = dt.timedelta(seconds=1)  # the moment of a freeze is published without its fraction


class TooNew(DomainError):
    """The role or the second factor of this person is younger than a day and than the pool."""


def of_call(call: Call) -> MandateQuerySet:
    """Mandates with which somebody works on the draw of this call, in force or over."""
    found = Q(subject_type="", subject_id="")
    for subject in (call, call.meeting.body):
        subject_type, subject_id = trail.subject_key(subject)
        found |= Q(subject_type=subject_type, subject_id=subject_id)
    return Mandate.objects.filter(found, role__in=ROLES)


def demand_settled(person: User, draw: Draw) -> None:
    """Raise TooNew unless role and second factor are a day old, or older than the closed pool."""
    call = draw.call
    since = max(clock.now_for(call) - SETTLES, draw.frozen_at + WHOLE_SECOND)
    proved = factor.enrolled_at(person)
    held = of_call(call).filter(user=person, revoked_at=None, starts_at__lte=since)
    if proved is None or proved > since or not held.exists():
        raise TooNew(
            "too-new",
            _(
                "Your role or your second factor is too new for this draw: both must be 24 hours "
                "old, or older than the closed pool. Another person can do this."
            ),
        )


def mandate_at(person: User, call: Call, moment: dt.datetime) -> Mandate | None:
    """The oldest mandate with which `person` worked on this draw at that moment."""
    then = Q(revoked_at=None) | Q(revoked_at__gt=moment)
    return of_call(call).filter(then, user=person).order_by("starts_at").first()

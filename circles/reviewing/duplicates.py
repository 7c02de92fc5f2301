"""Deciding about two applications that look alike: two people, or one person who applied twice.

One look is enough for "two people". To say "one person" takes two of the staff, and leaves the
person the notice, the time to object and the way back that everybody has who is not admitted.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from circles import permissions
from circles.applying import applications
from circles.models import Application, Call, Likeness
from circles.reviewing import recusals
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError

COUNTING = (Application.State.SUBMITTED, Application.State.QUALIFIED)


class NotDecidable(DomainError):
    """The pair is decided, the pool is closed, or the person has a part in it."""


def decide(likeness: Likeness, *, is_same: bool, by: User) -> Likeness:
    """Note whether both come from one person; that it is one, counts once a second person says so.

    Then the later application is not admitted, as long as the earlier one counts; the mail about
    it waits in the outbox until somebody has read it. Raises NotDecidable.
    """
    with transaction.atomic():
        call = Call.every.select_for_update().get(pk=likeness.first.call_id)
        if call.state != Call.State.OPEN:
            raise NotDecidable("pool-closed", _("The draw pool is closed; nothing changes now."))
        first, later = _both(likeness)
        for application in (first, later):
            _demand_stranger(application, by)
        likeness = Likeness.objects.select_for_update().get(pk=likeness.pk)
        if likeness.is_same is not None:
            raise NotDecidable("decided", _("Somebody has decided about this pair already."))
        if is_same and likeness.proposed_by_id is None:
            Likeness.objects.filter(pk=likeness.pk).update(proposed_by=by, proposed_at=Now())
            trail.record("application.likeness-proposed", later, by=by)
        elif is_same and likeness.proposed_by_id == by.pk:
            raise NotDecidable(
                "same-person", _("You have said so already. A second person must confirm it.")
            )
        else:
            Likeness.objects.filter(pk=likeness.pk).update(
                is_same=is_same, decided_by=by, decided_at=Now()
            )
            trail.record("application.likeness-decided", later, by=by, same=is_same)
            if is_same:
                _leave_out(later, counts=first, by=by)
    likeness.refresh_from_db()
    return likeness


def _both(likeness: Likeness) -> tuple[Application, Application]:
    """The earlier and the later application, locked in one order."""
    pair = Application.objects.select_for_update().order_by("pk")
    first, later = pair.filter(pk__in=[likeness.first_id, likeness.second_id])
    return first, later


def _leave_out(later: Application, *, counts: Application, by: User) -> None:
    """Whose first application does not count, keeps the second one."""
    if later.state not in COUNTING or counts.state not in COUNTING:
        return
    states.advance(later, Application.State.REJECTED, by=by)
    applications.mail("application_duplicate", later, hold=True, counts=counts)


def _demand_stranger(application: Application, by: User) -> None:
    if permissions.is_own(application, by):
        raise NotDecidable("own", _("One of these is your own application. Somebody else decides."))
    if recusals.is_recused(application, by):
        raise NotDecidable(
            "recused", _("You have declared to be biased here. Somebody else has to decide.")
        )

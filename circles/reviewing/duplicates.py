"""Deciding about two applications that look alike: two people, or one person who applied twice."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from circles.applying import applications
from circles.calling import calls
from circles.models import Application, Call, Likeness
from circles.reviewing import recusals
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class NotDecidable(DomainError):
    """The pair is decided, the pool is closed, or the person has a part in it."""


def decide(likeness: Likeness, *, is_same: bool, by: User) -> None:
    """Note whether both come from one person; then the later application is withdrawn.

    The mail about it waits in the outbox until somebody has read it. Raises NotDecidable.
    """
    with transaction.atomic():
        call = calls.lock_for_share(likeness.first.call)
        if call.state != Call.State.OPEN:
            raise NotDecidable("pool-closed", _("The draw pool is closed; nothing changes now."))
        for application in (likeness.first, likeness.second):
            _demand_stranger(application, by)
        decided = Likeness.objects.filter(pk=likeness.pk, is_same=None).update(
            is_same=is_same, decided_by=by, decided_at=Now()
        )
        if not decided:
            raise NotDecidable("decided", _("Somebody has decided about this pair already."))
        later = likeness.second
        trail.record("application.likeness-decided", later, by=by, same=is_same)
        if is_same:
            _end(later, counts=likeness.first, by=by)


def _end(later: Application, *, counts: Application, by: User) -> None:
    if later.state == Application.State.WITHDRAWN:
        return
    applications.withdraw(later, by=by, tell=False)
    applications.mail("application_duplicate", later, hold=True, counts=counts)


def _demand_stranger(application: Application, by: User) -> None:
    if by.pk in (application.user_id, application.reached_by_id):
        raise NotDecidable("own", _("One of these is your own application. Somebody else decides."))
    if recusals.is_recused(application, by):
        raise NotDecidable(
            "recused", _("You have declared to be biased here. Somebody else has to decide.")
        )

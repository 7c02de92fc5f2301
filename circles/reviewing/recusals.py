"""Declaring a conflict of interest: whoever knows an applicant leaves the finding to others."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from circles.models import Application, Recusal
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class TooLate(DomainError):
    """A finding of this person stands already, or they have declared it before."""


def recuse(application: Application, *, by: User) -> Recusal:
    """Stay out of this application for good; no reason is asked, it would tell of private ties."""
    with transaction.atomic():
        application = Application.objects.select_for_update().get(pk=application.pk)
        if application.state != Application.State.SUBMITTED:
            raise TooLate(
                "not-in-review", _("This application is not in review: nobody looks at it now.")
            )
        if application.reviews.filter(reviewer=by).exists():
            raise TooLate(
                "finding-stands",
                _("Your finding on this application stands. Tell the office that you are biased."),
            )
        try:
            with transaction.atomic():
                recusal = Recusal.objects.create(application=application, person=by)
        except IntegrityError as error:
            raise TooLate("recused-before", _("You have declared this already.")) from error
        trail.record("application.recused", application, by=by)
    return recusal


def is_recused(application: Application, user: User) -> bool:
    """Whether `user` has declared to be biased about `application`."""
    return application.recusals.filter(person=user).exists()

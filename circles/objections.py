"""Objections of rejected applicants: noted by the office, decided by somebody new to the case."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from circles import applications, calls
from circles.models import Application, Call, Objection
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError


class NotOpenToObjection(DomainError):
    """Only a rejected application can be objected to, once at a time, before the freeze."""


class NotYours(DomainError):
    """The person reviewed the application, or it is their own."""


def record(application: Application, text: str, *, by: User) -> Objection:
    """Note what the applicant says; the pool stays open until it is decided."""
    with transaction.atomic():
        call = calls.lock_for_share(application.call)
        application = Application.objects.select_for_update().get(pk=application.pk)
        if application.state != Application.State.REJECTED or call.state != Call.State.OPEN:
            raise NotOpenToObjection(
                "no-objection-now",
                _("An objection is possible while an application is not admitted, "
                  "until the draw pool is closed."),
            )  # fmt: skip
        try:
            with transaction.atomic():
                objection = Objection.objects.create(
                    application=application, text=text, recorded_by=by
                )
        except IntegrityError as error:
            raise NotOpenToObjection(
                "objection-open", _("An objection is noted already and waits for its decision.")
            ) from error
        trail.record("objection.recorded", application, by=by, objection=objection.pk)
    return objection


def decide(objection: Objection, *, uphold: bool, reason: str, by: User) -> None:
    """Admit the application after all, or leave it; never by somebody who reviewed it."""
    with transaction.atomic():
        calls.lock_for_share(objection.application.call)
        application = Application.objects.select_for_update().get(pk=objection.application_id)
        if application.reviews.filter(reviewer=by).exists() or application.user_id == by.pk:
            raise NotYours(
                "reviewed-by-you",
                _("You reviewed this application. Somebody who did not has to decide."),
            )
        decided = Objection.objects.filter(pk=objection.pk, decided_at=None).update(
            decided_by=by, decided_at=Now(), upheld=uphold, reason=reason
        )
        if not decided:
            raise NotOpenToObjection("objection-decided", _("This objection is decided already."))
        trail.record("objection.decided", application, by=by, upheld=uphold)
        if uphold:
            states.advance(application, Application.State.QUALIFIED, by=by)
        applications.mail(
            "application_objection",
            application,
            key=f"application-objection-{objection.pk}",
            hold=True,
            upheld=uphold,
            reason=reason,
        )

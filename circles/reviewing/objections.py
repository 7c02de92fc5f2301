"""Objections of rejected applicants: noted by the office, decided by somebody new to the case.

Everybody who is rejected has the days that the call promises, counted from when they were told.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Cast, Least, Now
from django.utils.translation import gettext as _

from circles import permissions
from circles.applying import applications
from circles.calling import calls
from circles.models import Application, Call, Objection
from circles.reviewing import recusals
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.mail.models import OutgoingMail

# What tells somebody that an application is not admitted; the time to object runs from it.
NOTICES = ("application_rejected", "application_duplicate")
# The applicant reads it, and a late decision stands on the transparency page.
DECIDED_WITHIN = dt.timedelta(days=7)
FINDINGS = 2  # equal ones decide


class NotOpenToObjection(DomainError):
    """Only a rejected application can be objected to, once at a time, before the freeze."""


class NotYours(DomainError):
    """The person reviewed the application, or it is their own."""


@dataclasses.dataclass(frozen=True)
class Periods:
    """How many of the rejected do not know it yet, and when the last of the others is out of time.

    Only those count who have not used their objection.
    """

    untold: int
    last_ends_at: dt.datetime | None


def periods_of(call: Call, *, rejected: int | None = None) -> Periods:
    """The periods of objection of a call; one question to the database.

    `rejected` is how many are not admitted, where that is known already: of none nothing is asked.
    """
    if rejected == 0:
        return Periods(0, None)
    used = Objection.objects.filter(application=OuterRef("pk"))
    waiting = call.applications.filter(state=Application.State.REJECTED).exclude(Exists(used))
    told = [each.told_at for each in _with_notice(waiting.only("call"))]  # type: ignore[attr-defined]
    known = [moment for moment in told if moment is not None]
    return Periods(len(told) - len(known), _end(call, max(known)) if known else None)


def ends_at(application: Application) -> dt.datetime | None:
    """Until when a rejected person may object; None while the notice has not reached them."""
    found = _with_notice(Application.objects.filter(pk=application.pk)).first()
    told_at: dt.datetime | None = found.told_at if found is not None else None  # type: ignore[attr-defined]
    return None if told_at is None else _end(application.call, told_at)


def decide_by(objection: Objection) -> dt.datetime:
    """Until when somebody new to the case decides."""
    return objection.recorded_at + DECIDED_WITHIN


def overdue() -> QuerySet[Objection]:
    """Objections that should have been decided by now, oldest first; no trial is late."""
    late = Objection.objects.filter(
        decided_at=None,
        recorded_at__lte=Now() - DECIDED_WITHIN,
        application__call__is_trial=False,
    )
    return late.order_by("recorded_at")


def _end(call: Call, told_at: dt.datetime) -> dt.datetime:
    return told_at + dt.timedelta(days=call.objection_days)


def _with_notice(found: QuerySet[Application]) -> QuerySet[Application]:
    """With `told_at`: when the rejection left as a mail; without an address, as a letter or call.

    A mail that was only printed, or noted as told, has reached nobody yet.
    """
    notices = OutgoingMail.objects.filter(
        kind__in=NOTICES,
        subject_type=Application._meta.label_lower,
        subject_id=Cast(OuterRef("pk"), CharField()),
    )
    by_hand = Case(When(to="", then=Least("printed_at", "phoned_at")))
    first = notices.annotate(told=Least("sent_at", by_hand)).order_by("told")
    return found.annotate(told_at=Subquery(first.values("told")[:1]))


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
        if permissions.is_own(application, by):
            raise NotYours("own", _("This is your own application. Somebody else has to decide."))
        if recusals.is_recused(application, by):
            raise NotYours(
                "recused", _("You have declared to be biased here. Somebody else has to decide.")
            )
        if application.reviews.filter(reviewer=by).exists():
            raise NotYours(
                "reviewed-by-you",
                _("You reviewed this application. Somebody who did not has to decide."),
            )
        twice = application.like_before.filter(is_same=True)
        if twice.filter(Q(proposed_by=by) | Q(decided_by=by)).exists():
            raise NotYours(
                "decided-by-you",
                _("You said that this person applied twice. Somebody who did not has to decide."),
            )
        decided = Objection.objects.filter(pk=objection.pk, decided_at=None).update(
            decided_by=by, decided_at=Now(), upheld=uphold, reason=reason
        )
        if not decided:
            raise NotOpenToObjection("objection-decided", _("This objection is decided already."))
        trail.record("objection.decided", application, by=by, upheld=uphold)
        if uphold:
            _take_in(application, by=by)
        applications.mail(
            "application_objection",
            application,
            key=f"application-objection-{objection.pk}",
            hold=True,
            upheld=uphold,
            reason=reason,
        )


def _take_in(application: Application, *, by: User) -> None:
    """Admit it; one that was left out as a second one goes on where it stood in the review."""
    no = application.reviews.filter(qualified=False).count()
    yes = application.reviews.filter(qualified=True).count()
    if no < FINDINGS and yes < FINDINGS:
        states.advance(application, Application.State.SUBMITTED, by=by)
    else:
        states.advance(application, Application.State.QUALIFIED, by=by)
    application.like_before.filter(is_same=True).update(
        is_same=False, decided_by=by, decided_at=Now()
    )

"""Forgetting an applicant: everything about the person goes, the ticket stays.

Without nonce and identity nobody can link the ticket any more, and the draw still verifies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from circles import clock
from circles.applying import applications
from circles.models import (
    Application,
    Call,
    DrawEvent,
    Inquiry,
    Nomination,
    Objection,
    ReviewReason,
)
from circles.seating import naming, terms
from circles.traces import actor_of
from formats.models import Poll, Voter
from foundation import states
from foundation.accounts import leaving
from foundation.accounts.models import User
from foundation.accounts.people import forget_moments, start_of_day
from foundation.audit import trail
from foundation.documents import files
from foundation.errors import DomainError
from foundation.mail.models import OutgoingMail

UNCONFIRMED_KEPT = dt.timedelta(days=7)
GONE = (Application.State.WITHDRAWN, Application.State.UNCONFIRMED)


class StillNeeded(DomainError):
    """The application is erased already."""


def erase(
    application: Application,
    *,
    by: User | None,
    kind: DrawEvent.Kind = DrawEvent.Kind.WITHDRAW,
) -> None:
    """Withdraw the application if it still counts, then empty everything about the person.

    An account that nothing else needs goes with it. `kind` is what the log of the draw calls it.
    """
    with transaction.atomic():
        people = [application.user, application.reached_by]
        _erase(application, by=by, kind=kind)
        forget_accounts(people)
    application.refresh_from_db()


def forget_accounts(people: Iterable[User | None]) -> None:
    """Erase each account that nothing needs any more; of others only the days stay."""
    forgotten = Q(reason="") & ~Q(state__in=[Nomination.State.OPEN, Nomination.State.ACCEPTED])
    # Who was asked in a vote that is over stands on its roll by seat.
    ended = Q(poll__state__in=[Poll.State.CLOSED, Poll.State.WITHDRAWN])
    for person in {each.pk: each for each in people if each is not None}.values():
        if not leaving.erase_untied(person, apart_from={Nomination: forgotten, Voter: ended}):
            forget_moments(User.objects.get(pk=person.pk))


def _erase(application: Application, *, by: User | None, kind: DrawEvent.Kind) -> None:
    with transaction.atomic():
        if application.erased_at is not None:
            raise StillNeeded("erased", _("These data are deleted already."))
        by = actor_of(application, by)
        if application.state not in GONE:
            applications.withdraw(application, by=by, tell=False, kind=kind)
        receipt, person = application.receipt, application.user
        confirmed = application.confirmed_at
        now = clock.now_for(application.call)
        forget_paper_name(application)
        Application.objects.filter(pk=application.pk).update(
            name="",
            email="",
            pending_email="",
            phone="",
            postal_address="",
            file_reference="",
            name_key="",
            phone_key="",
            email_key="",
            looked_for="",
            motivation="",
            support_needs="",
            nonce="",
            identity="",
            code_digest="",
            receipt=None,
            user=None,
            reached_by=None,
            submitted_at=start_of_day(application.submitted_at),
            confirmed_at=confirmed and start_of_day(confirmed),
            erased_at=now,
        )
        application.answers.all().delete()
        application.quota_answers.all().delete()
        application.endings.update(reference="")
        ReviewReason.objects.filter(review__application=application).update(reason="")
        Inquiry.objects.filter(application=application).update(question="", answer="")
        Objection.objects.filter(application=application).update(text="", reason="")
        if person is not None:
            terms.forget(person, application.call.circle)
        _forget_mails(application, by=by)
        if receipt is not None:
            files.purge(receipt, by=by)
        trail.record("application.erased", application, by=by)


def forget_unconfirmed(call: Call) -> int:
    """Delete forms whose code never came within seven days; returns how many."""
    overdue = call.applications.filter(
        confirmed_at=None,  # also forms that gave way to a confirmed one
        submitted_at__lte=clock.now_for(call) - UNCONFIRMED_KEPT,
    )
    with transaction.atomic():
        for application in overdue:
            _forget_mails(application, by=None)
        # A declaration of bias, once possible before the code, keeps the row; the rest goes.
        kept = [each.pk for each in overdue.filter(erased_at=None).exclude(recusals=None)]
        for application in overdue.filter(pk__in=kept):
            erase(application, by=None)
        _deleted, rows = overdue.filter(recusals=None).delete()
    return int(rows.get("circles.Application", 0)) + len(kept)


def forget_wholly(application: Application, *, by: User | None) -> None:
    """Empty mails and receipt of an application of a trial, which is deleted next."""
    _forget_mails(application, by=by)
    receipt = application.receipt
    Application.objects.filter(pk=application.pk).update(receipt=None)
    if receipt is not None:
        files.purge(receipt, by=by)
    forget_paper_name(application)


def forget_paper_name(application: Application) -> None:
    """The account of somebody without login holds nothing but a name."""
    User.objects.filter(applications=application, email__endswith=f"@{applications.PAPER}").update(
        name=""
    )


def _forget_mails(application: Application, *, by: User | None) -> None:
    """Stop what has not left, then empty every mail about the application."""
    subject_type, subject_id = trail.subject_key(application)
    about = OutgoingMail.objects.filter(subject_type=subject_type, subject_id=subject_id)
    for mail in about.filter(state__in=[OutgoingMail.State.QUEUED, OutgoingMail.State.HELD]):
        states.advance(mail, OutgoingMail.State.CANCELLED, by=by)
    about.update(to="", to_name="", postal_address="", subject="", body="", phone_note="")


def erase_person(person: User) -> None:
    """Erase all applications of somebody who leaves, and what was said about them for a seat.

    An offer that waits is declined. A seat that was taken must have been given back before;
    raises FixedNow.
    """
    with transaction.atomic():
        for nomination in Nomination.objects.filter(person=person, state=Nomination.State.OPEN):
            naming.decline_seat(nomination, by=None)
        # Whoever only shares the mailbox stays; from now on the office acts for them.
        Application.objects.filter(reached_by=person).update(reached_by=None)
        for application in Application.objects.owned_by(person).order_by("pk"):
            _erase(application, by=person, kind=DrawEvent.Kind.WITHDRAW)
        Nomination.objects.filter(person=person).update(
            reason="", match="", has_conflict=False, conflict=""
        )
        terms.forget(person)

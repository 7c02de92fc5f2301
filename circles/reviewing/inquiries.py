"""Questions to applicants while their applications are looked at; findings wait for the answer.

An answer that does not come within the days holds nothing up for longer.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from circles import clock, permissions
from circles.applying import applications
from circles.calling import calls
from circles.models import Application, Call, Inquiry
from circles.traces import actor_of
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError

ANSWER_WITHIN = dt.timedelta(days=7)


class NotOpenToQuestions(DomainError):
    """Only an application in review can be asked about, one question at a time."""


class NothingAsked(DomainError):
    """There is no open question, or its answer is empty."""


def ask(application: Application, question: str, *, by: User) -> Inquiry:
    """Send a question to the applicant; findings on the application wait for up to seven days."""
    if not question.strip():
        raise NothingAsked("question-empty", _("Write down what you would like to know."))
    with transaction.atomic():
        call = calls.lock_for_share(application.call)
        application = Application.objects.select_for_update().get(pk=application.pk)
        if application.state != Application.State.SUBMITTED or call.state != Call.State.OPEN:
            raise NotOpenToQuestions(
                "not-in-review", _("This application is decided or withdrawn already.")
            )
        if permissions.is_own(application, by):
            raise NotOpenToQuestions(
                "own", _("This is your own application. Somebody else has to ask.")
            )
        now = clock.now_for(call)
        application.inquiries.filter(answered_at=None, due_at__lte=now).update(closed_at=Now())
        try:
            with transaction.atomic():
                inquiry = Inquiry.objects.create(
                    application=application,
                    question=question.strip(),
                    asked_by=by,
                    due_at=now + ANSWER_WITHIN,
                )
        except IntegrityError as error:
            raise NotOpenToQuestions(
                "question-open", _("A question to this person is open already.")
            ) from error
        trail.record("application.asked", application, by=by, inquiry=inquiry.pk)
        applications.mail(
            "application_question",
            application,
            key=f"application-question-{inquiry.pk}",
            inquiry=inquiry,
        )
    return inquiry


def answer(application: Application, text: str, *, by: User) -> Inquiry:
    """Answer the open question, also after its days as long as nobody has decided."""
    if not text.strip():
        raise NothingAsked("answer-empty", _("Write your answer."))
    with transaction.atomic():
        application = Application.objects.select_for_update().get(pk=application.pk)
        inquiry = open_inquiry(application)
        if inquiry is None:
            raise NothingAsked("nothing-asked", _("There is no open question any more."))
        Inquiry.objects.filter(pk=inquiry.pk).update(answer=text.strip(), answered_at=Now())
        trail.record(
            "application.answered", application, by=actor_of(application, by), inquiry=inquiry.pk
        )
    inquiry.refresh_from_db()
    return inquiry


def open_inquiry(application: Application) -> Inquiry | None:
    """The question that waits for an answer, while the application is in review."""
    if application.state != Application.State.SUBMITTED:
        return None
    return application.inquiries.filter(answered_at=None, closed_at=None).first()

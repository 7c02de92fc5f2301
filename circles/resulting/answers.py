"""“What became of it?”: the office answers until the day it owes, and says when it answers next."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Result, ResultAnswer
from circles.resulting import announcements
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents.rendering import check_limits
from foundation.errors import DomainError
from foundation.languages import LocalizedText


class NotAnswerable(DomainError):
    """No answer is owed, or it lacks its words or its next day."""


def give(
    result: Result,
    text: LocalizedText,
    *,
    next_due_on: dt.date | None,
    is_final: bool = False,
    by: User,
) -> ResultAnswer:
    """Answer in public; with the day of the next answer, or `is_final` when nothing more follows.

    Raises NotAnswerable, TextBeyondLimits.
    """
    today = timezone.localdate()
    if not text:
        raise NotAnswerable("words-missing", _("Please write what became of it."))
    if is_final == (next_due_on is not None):
        raise NotAnswerable(
            "next-missing",
            _("Please say when you answer next, or that this is the last answer; not both."),
        )
    if next_due_on is not None and next_due_on <= today:
        raise NotAnswerable("due-past", _("The day of the next answer must lie ahead."))
    for language in text.stored:
        check_limits(text.get(language))
    with transaction.atomic():
        locked = Result.objects.select_for_update().get(pk=result.pk)
        owed_on = owed(locked)
        if owed_on is None:
            raise NotAnswerable(
                "nothing-owed", _("This result is not published, or its last answer was given.")
            )
        answer = ResultAnswer.objects.create(
            result=locked,
            n=locked.answers.count() + 1,
            text=text,
            given_on=today,
            owed_on=owed_on,
            next_due_on=next_due_on,
            given_by=by,
        )
        trail.record("result.answered", locked, by=by, answer=answer.pk, next=str(next_due_on))
        announcements.tell_answered(answer, by=by)
    return answer


def owed(result: Result) -> dt.date | None:
    """Until when an answer is owed now; None when nothing is."""
    found: dt.date | None = Result.objects.with_due().get(pk=result.pk).owed_on  # type: ignore[attr-defined]
    return found

"""Measures of a result: what is to be done, who looks after it, and how it is used further.

While the result is prepared they are draft; from publication on every step is kept for good.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Measure, MeasureStep, Result
from foundation import states
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.documents.rendering import check_limits
from foundation.errors import DomainError
from foundation.languages import LocalizedText

State = Measure.State


class NotMeasurable(DomainError):
    """The measure cannot be added, changed or moved like this."""


def add(
    result: Result,
    *,
    title: LocalizedText,
    description: LocalizedText,
    responsible: str,
    due_on: dt.date,
    state: str = State.UNSAID,
    note: LocalizedText | None = None,
    by: User,
) -> Measure:
    """Add a measure, also to a published result; there with a statement on its further use.

    `note` is the reason when it is not taken up. Raises NotMeasurable.
    """
    note = note or LocalizedText()
    _demand(title, description, responsible, due_on)
    with transaction.atomic():
        locked = _lock(result)
        last = locked.measures.aggregate(last=Max("n"))["last"] or 0
        return _create(
            locked, last + 1, title, description, responsible, due_on, state=state, note=note, by=by
        )


def replace(
    measure: Measure,
    *,
    title: LocalizedText,
    description: LocalizedText,
    responsible: str,
    due_on: dt.date,
    state: str = State.UNSAID,
    note: LocalizedText | None = None,
    by: User,
) -> Measure:
    """Write a measure of a result in preparation anew, under its number. Raises NotMeasurable."""
    note = note or LocalizedText()
    _demand(title, description, responsible, due_on)
    with transaction.atomic():
        locked = _lock_draft(measure)
        measure.delete()
        return _create(
            locked,
            measure.n,
            title,
            description,
            responsible,
            due_on,
            state=state,
            note=note,
            by=by,
        )


def remove(measure: Measure, *, by: User) -> None:
    """Take a measure out of a result in preparation. Raises NotMeasurable."""
    with transaction.atomic():
        locked = _lock_draft(measure)
        measure.delete()
        _prepared_by(locked, by)
        trail.record("measure.removed", locked, by=by, n=measure.n)


def move(
    measure: Measure, *, state: str, due_on: dt.date, note: LocalizedText, by: User
) -> MeasureStep:
    """Say how a measure of a published result goes on: its state, its day, or a word about it.

    Not taken up only with `note` as the reason. Raises NotMeasurable, UndeclaredMove.
    """
    with transaction.atomic():
        locked = _lock(measure.result)
        if not locked.is_public:
            raise NotMeasurable(
                "not-public", _("Steps are noted once the result is published. Change it instead.")
            )
        measure = Measure.objects.select_for_update().get(pk=measure.pk)
        if (state, due_on) == (measure.state, measure.due_on) and not note:
            raise NotMeasurable("nothing", _("Nothing has changed. Please write a word about it."))
        if due_on != measure.due_on and due_on < timezone.localdate():
            raise _past()
        _check(note)
        if due_on != measure.due_on:
            Measure.objects.filter(pk=measure.pk).update(due_on=due_on)
            measure.due_on = due_on
        if state != measure.state:
            _advance(measure, state, note, by=by)
        return _note(measure, note, at=timezone.now(), by=by)


def begin_history(result: Result, *, at: dt.datetime, by: User) -> None:
    """Keep the first step of every measure: how it stands when the result is published."""
    for measure in result.measures.all():
        _note(measure, measure.reason, at=at, by=by)


def _create(
    result: Result,
    n: int,
    title: LocalizedText,
    description: LocalizedText,
    responsible: str,
    due_on: dt.date,
    *,
    state: str,
    note: LocalizedText,
    by: User,
) -> Measure:
    if result.is_public and state == State.UNSAID:
        raise NotMeasurable(
            "further-use-missing", _("Please say how this measure is used further.")
        )
    measure = Measure.objects.create(
        result=result,
        n=n,
        title=title,
        description=description,
        responsible=responsible.strip(),
        due_on=due_on,
    )
    trail.record("measure.added", result, by=by, measure=measure.pk)
    if state != State.UNSAID:
        _advance(measure, state, note, by=by)
    if result.is_public:
        _note(measure, note, at=timezone.now(), by=by)
    else:
        _prepared_by(result, by)
    return measure


def _advance(measure: Measure, state: str, note: LocalizedText, *, by: User) -> None:
    if state == State.REJECTED and not note.get(note.source or ""):
        raise NotMeasurable(
            "reason-missing", _("Please say why this measure is not taken up. Everybody reads it.")
        )
    reason = note if state == State.REJECTED else LocalizedText()
    states.advance(measure, state, by=by, reason=reason)


def _note(measure: Measure, note: LocalizedText, *, at: dt.datetime, by: User) -> MeasureStep:
    return MeasureStep.objects.create(
        measure=measure, further_use=measure.state, due_on=measure.due_on, note=note, at=at, by=by
    )


def _prepared_by(result: Result, by: User) -> None:
    """Whoever changed a draft has prepared it: somebody else publishes it."""
    Result.objects.filter(pk=result.pk).update(
        prepared_by=by, prepared_at=timezone.now(), sent_back=""
    )


def _lock(result: Result) -> Result:
    locked = Result.objects.select_for_update().get(pk=result.pk)
    if locked.state == Result.State.WITHHELD:
        raise NotMeasurable("withheld", _("This result is not published; take it up again first."))
    return locked


def _lock_draft(measure: Measure) -> Result:
    locked = _lock(measure.result)
    if locked.is_public:
        raise NotMeasurable(
            "public", _("This measure is public and stays. Note what changes about it.")
        )
    return locked


def _demand(
    title: LocalizedText, description: LocalizedText, responsible: str, due_on: dt.date
) -> None:
    if not title or not responsible.strip():
        raise NotMeasurable(
            "words-missing", _("Please write what is to be done and which office looks after it.")
        )
    if due_on < timezone.localdate():
        raise _past()
    _check(title, description)


def _check(*texts: LocalizedText) -> None:
    for text in texts:
        for language in text.stored:
            check_limits(text.get(language))


def _past() -> NotMeasurable:
    return NotMeasurable("due-past", _("The day of a measure must not lie in the past."))

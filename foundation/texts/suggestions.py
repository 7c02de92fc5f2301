"""What people say about a paragraph, and the changes they suggest, each with its answer.

An accepted suggestion becomes a wording by the person who suggested it; nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from foundation.texts.models import Comment, Paragraph, Revision, Suggestion, SuggestionAnswer
from foundation.texts.paragraphs import rewrite

Outcome = SuggestionAnswer.Outcome


class NothingSaid(DomainError):
    """A comment without words, or a suggestion that changes nothing."""


class AlreadyAnswered(DomainError):
    """The suggestion was accepted, declined or withdrawn already."""


class NotTheirs(DomainError):
    """Only the author withdraws a suggestion, and somebody else accepts or declines it."""


class ReasonMissing(DomainError):
    """Whoever declines says why."""


def comment(
    paragraph: Paragraph, text: str, *, side: str, by: Any, is_internal: bool = False
) -> Comment:
    """Say something about a paragraph, for everybody or for one's own side. Raises NothingSaid."""
    if not text.strip():
        raise NothingSaid("nothing-said", _("Write your comment."))
    with transaction.atomic():
        made = Comment.objects.create(
            paragraph=paragraph,
            side=side,
            is_internal=is_internal,
            text=text.strip(),
            written_by=by,
        )
        trail.record("text.commented", paragraph, by=by, comment=made.pk)
    return made


def suggest(
    paragraph: Paragraph,
    words: Mapping[str, str],
    *,
    based_on: Revision,
    side: str,
    by: Any,
    reason: str = "",
) -> Suggestion:
    """Suggest other words; languages that stay as they are drop out. Raises NothingSaid."""
    changed = {
        language: text.replace("\r\n", "\n").strip()
        for language, text in words.items()
        if text.replace("\r\n", "\n").strip() != based_on.body.get(language)
    }
    if not changed:
        raise NothingSaid("nothing-changed", _("Your suggestion changes nothing yet."))
    with transaction.atomic():
        made = Suggestion.objects.create(
            paragraph=paragraph,
            side=side,
            based_on=based_on.n,
            words=changed,
            reason=reason.strip(),
            suggested_by=by,
        )
        trail.record("text.suggested", paragraph, by=by, suggestion=made.pk)
    return made


def accept(suggestion: Suggestion, body: LocalizedText, *, based_on: int, by: Any) -> Revision:
    """Make `body` the next wording, written by the author of the suggestion.

    Raises AlreadyAnswered, NotTheirs, ParagraphChanged when revision `based_on` is not the newest.
    """
    with transaction.atomic():
        locked = _open(suggestion)
        if locked.suggested_by_id == by.pk:
            raise NotTheirs("own-suggestion", _("Somebody else has to accept your suggestion."))
        author = locked.suggested_by
        revision = rewrite(locked.paragraph, body, based_on=based_on, by=author)
        SuggestionAnswer.objects.create(
            suggestion=locked, outcome=Outcome.ACCEPTED, revision=revision, answered_by=by
        )
        trail.record("text.suggestion_accepted", locked, by=by, revision=revision.n)
    return revision


def decline(suggestion: Suggestion, *, reason: str, by: Any) -> None:
    """Say no, and why. Raises ReasonMissing, AlreadyAnswered, NotTheirs."""
    if not reason.strip():
        raise ReasonMissing("reason-missing", _("Say why. The author will read it."))
    with transaction.atomic():
        locked = _open(suggestion)
        if locked.suggested_by_id == by.pk:
            raise NotTheirs("own-suggestion", _("You can withdraw your own suggestion."))
        SuggestionAnswer.objects.create(
            suggestion=locked, outcome=Outcome.DECLINED, reason=reason.strip(), answered_by=by
        )
        trail.record("text.suggestion_declined", locked, by=by)


def withdraw(suggestion: Suggestion, *, by: Any) -> None:
    """The author takes it back. Raises AlreadyAnswered, NotTheirs."""
    with transaction.atomic():
        locked = _open(suggestion)
        if locked.suggested_by_id != by.pk:
            raise NotTheirs("not-yours", _("Only its author can withdraw a suggestion."))
        SuggestionAnswer.objects.create(
            suggestion=locked, outcome=Outcome.WITHDRAWN, answered_by=by
        )
        trail.record("text.suggestion_withdrawn", locked, by=by)


def comments_on(subject: models.Model, *, sides: set[str]) -> models.QuerySet[Comment]:
    """The comments on all paragraphs of `subject` that people of these sides may read."""
    readable = models.Q(is_internal=False) | models.Q(side__in=sides)
    return Comment.objects.filter(readable, **_of(subject)).select_related("written_by")


def suggestions_on(subject: models.Model) -> models.QuerySet[Suggestion]:
    """All suggestions on `subject` with their answers."""
    return Suggestion.objects.filter(**_of(subject)).select_related("suggested_by", "answer")


def open_on(subject: models.Model) -> models.QuerySet[Suggestion]:
    """The suggestions on `subject` that wait for an answer."""
    return suggestions_on(subject).filter(answer=None)


def _of(subject: models.Model) -> dict[str, str]:
    subject_type, subject_id = trail.subject_key(subject)
    return {"paragraph__subject_type": subject_type, "paragraph__subject_id": subject_id}


def _open(suggestion: Suggestion) -> Suggestion:
    locked = (
        Suggestion.objects.select_related("paragraph", "suggested_by")
        .select_for_update(of=("self",))
        .get(pk=suggestion.pk)
    )
    if SuggestionAnswer.objects.filter(suggestion=locked).exists():
        raise AlreadyAnswered("already-answered", _("This suggestion has its answer already."))
    return locked

"""Texts that several people work on: numbered paragraphs with all versions, comments, suggestions.

Clauses of agreements and proposals of circles are the same thing here.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedText, LocalizedTextField


class Paragraph(models.Model):
    """A numbered place in the document of a subject; its words live in revisions."""

    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=40)
    heading = LocalizedTextField(default=LocalizedText)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "number"], name="paragraph_number_once"
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "slug"], name="paragraph_slug_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} § {self.number}"


class Revision(models.Model):
    """One wording of a paragraph, written by somebody; append-only."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="revisions")
    n = models.PositiveIntegerField()
    body = LocalizedTextField(default=LocalizedText)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "n"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} r{self.n}"


class Comment(models.Model):
    """What somebody says about a paragraph; `side` is whom they speak for, in the subject's terms.

    An internal one is read by the same side only. Append-only but for `told_at`.
    """

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="comments")
    side = models.CharField(max_length=64)
    is_internal = models.BooleanField(default=False)
    text = models.TextField(max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(db_default=Now())
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="comment_says_something"),
            models.CheckConstraint(condition=~models.Q(side=""), name="comment_has_a_side"),
            # Nobody is told of what one side keeps to itself.
            models.CheckConstraint(
                condition=models.Q(is_internal=False) | models.Q(told_at=None),
                name="comment_internal_untold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} c{self.pk}"


class Suggestion(models.Model):
    """Other words for a paragraph: {language: text}, made when revision `based_on` stood.

    Open until it has its answer. Append-only but for `told_at`.
    """

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="suggestions")
    side = models.CharField(max_length=64)
    based_on = models.PositiveIntegerField()
    words = models.JSONField()
    reason = models.TextField(blank=True, max_length=1000)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    suggested_at = models.DateTimeField(db_default=Now())
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(words={}), name="suggestion_has_words"),
            models.CheckConstraint(condition=~models.Q(side=""), name="suggestion_has_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} s{self.pk}"


class SuggestionAnswer(models.Model):
    """What became of a suggestion; an accepted one points at the wording that it became."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(blank=True, max_length=1000)
    revision = models.OneToOneField(
        Revision, on_delete=models.PROTECT, null=True, related_name="suggestion_answer"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="accepted", revision__isnull=False)
                | (~models.Q(outcome="accepted") & models.Q(revision=None)),
                name="accepted_suggestion_has_revision",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="declined") | ~models.Q(reason=""),
                name="declined_suggestion_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.outcome}"

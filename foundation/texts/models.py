"""Texts that several people work on: a document of numbered paragraphs with all its versions.

Clauses of agreements and proposals of circles are the same thing here.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

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

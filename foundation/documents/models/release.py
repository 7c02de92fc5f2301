"""The list of what was issued: verification answers from this list and from nothing else.

Rows are only ever added; a newer release points at the one that it replaces.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from foundation.documents.models.stored_file import StoredFile


class Release(models.Model):
    """One sealed file of one subject; `subject` is a generic key such as ("app.model", "7")."""

    class Stage(models.TextChoices):
        ISSUED = "issued"  # certified, signatures still to come
        FINAL = "final"  # concluded

    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    number = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="release")
    sha256 = models.CharField(max_length=64, unique=True)
    revisions = models.PositiveSmallIntegerField()
    signatures = models.PositiveSmallIntegerField()
    seal_key = models.CharField(max_length=64)
    is_test = models.BooleanField()
    # How long the seal can be checked (levels.py); empty for documents that are sealed only once.
    level = models.CharField(max_length=30, blank=True, default="")
    evidence = models.JSONField(default=list)
    issued_at = models.DateTimeField(db_default=Now())
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["number"], name="release_number"),
            models.Index(fields=["seal_key"], name="release_seal_key"),
        ]
        constraints = [
            # With the one-to-one `replaces` this makes one unbranched chain per subject and kind.
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind"],
                condition=models.Q(replaces=None),
                name="release_one_beginning",
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=["issued", "final"]), name="release_stage"
            ),
            models.CheckConstraint(
                condition=models.Q(revisions__gte=1, signatures__gte=1),
                name="release_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.stage}"

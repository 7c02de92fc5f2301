"""A print of the reading version of an agreement, made by the worker and kept by its words.

Never a signed document: it stands on no list of releases.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from foundation.documents.models import StoredFile
from partnerships.models.agreement import Agreement


class ReadingCopy(models.Model):
    """`digest` is over what the print says: who may read other amendments finds another print."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="reading_copies"
    )
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "digest"], name="reading_copy_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.digest[:16]}"

"""One file as it was received or made: its bytes never change, its row neither.

Only personal data may go: the bytes are removed once, and the row says when.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from foundation.documents.storage import document_storage


class StoredFile(models.Model):
    """Bytes on disk with their SHA-256; a trigger lets only `purged_at` and `name` change, once."""

    name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(storage=document_storage, max_length=100, unique=True)
    created_at = models.DateTimeField(db_default=Now())
    purged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["sha256"], name="stored_file_sha256")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_file_digest"
            ),
            models.CheckConstraint(
                condition=models.Q(purged_at=None) | models.Q(name=""),
                name="stored_file_purged_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or 'purged'} {self.sha256[:12]}"

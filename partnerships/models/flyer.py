"""The one-page flyer of a partnership, made by the worker and kept by the digest of its words."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from foundation.documents.models import StoredFile
from partnerships.models.partnership import Partnership


class Flyer(models.Model):
    """`digest` is over what the page says; the same words are never rendered twice."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="flyers")
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "language", "digest"], name="flyer_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.language}"

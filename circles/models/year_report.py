"""What the office reports of one year: results, measures, answers; made anew as words change."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from foundation.documents.models import StoredFile


class YearReport(models.Model):
    """The report as PDF; `digest` is over what it says: the same words are made once."""

    year = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "digest"], name="year_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.digest[:8]}"

"""A form that was begun and not sent: kept for a week, found by a link or a session."""

from __future__ import annotations

from django.db import models

from circles.models.call import Call


class Draft(models.Model):
    """What somebody typed so far; `token_digest` is SHA-256 of the only key to it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="drafts")
    token_digest = models.CharField(max_length=64, unique=True)
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    mailed_to = models.CharField(max_length=254, blank=True)

    class Meta:
        indexes = [models.Index(fields=["saved_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return f"draft {self.pk}"

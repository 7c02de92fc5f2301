"""What keeps posting safe: idempotency keys and counters for rate limits."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class PostedOnce(models.Model):
    """A form that was accepted: the second POST with the same key gets the first one's redirect."""

    owner = models.CharField(max_length=64)
    route = models.CharField(max_length=100)
    key = models.CharField(max_length=64)
    redirect_to = models.CharField(max_length=500, blank=True)
    # The session that the first post began, if it began one.
    session_key = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "route", "key"], name="posted_once")
        ]
        indexes = [models.Index(fields=["created_at"], name="posted_once_age")]

    def __str__(self) -> str:
        return f"{self.route} {self.key[:8]}"


class Allowance(models.Model):
    """How often something was tried in a window; one row per purpose, subject and window."""

    purpose = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    window_start = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "subject", "window_start"], name="allowance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.used}"

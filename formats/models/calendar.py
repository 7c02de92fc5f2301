"""Secret links to a person's own calendar: revocable, known only by their digest."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class CalendarLink(models.Model):
    """One link of one person; making a new one revokes the old."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_links"
    )
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(revoked_at=None), name="calendar_link_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"

"""What all members of a circle were told: in the room, and to each in a mail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.authorship import Authored, written_by_one
from circles.models.circle import Circle


class Announcement(Authored):
    """One announcement; what was said is never changed."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="announcements")
    title = models.CharField(max_length=100)
    text = models.TextField(max_length=5000)
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            written_by_one("announcement_by_one"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="announcement_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle_id} {self.pk}"

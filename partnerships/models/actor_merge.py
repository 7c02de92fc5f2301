"""Two entries of one organisation that became one, with all that is needed to part them again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from partnerships.models.actor import Actor


class ActorMerge(models.Model):
    """`moved` are rows that point at `kept` now, `aside` rows that would have stood there twice.

    `filled` are columns and topics that `kept` took over, `was_published` is how `dropped` stood.
    """

    kept = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    dropped = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=list)
    aside = models.JSONField(default=list)
    filled = models.JSONField(default=dict)
    was_published = models.BooleanField()
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    merged_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dropped"], condition=models.Q(undone_at=None), name="actor_merged_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("dropped")), name="actor_merge_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"

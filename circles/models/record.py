"""Who was in the room when the dice were thrown: what the draw record (Losprotokoll) states."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from circles.models.draw import Declaration


class DrawRecord(models.Model):
    """Filled in before the first die counts; append-only, for it goes into the minutes.

    It belongs to one confirmed declaration: when that lapses, the next session writes its own.
    """

    declaration = models.OneToOneField(Declaration, on_delete=models.PROTECT, related_name="record")
    chair = models.CharField(max_length=200)
    minute_taker = models.CharField(max_length=200)
    throwers = models.JSONField()
    witnesses = models.JSONField()
    began_at = models.DateTimeField()
    conflicts = models.CharField(max_length=500, blank=True)
    incidents = models.CharField(max_length=1000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"record of declaration {self.declaration_id}"

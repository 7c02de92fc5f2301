"""A rehearsal of the draw with invented tickets: marked PROBE everywhere, never counted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from circles.models.call import Call


class TrialDraw(models.Model):
    """All files of one rehearsal; its draw id begins with `probe-`. Append-only."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="trials")
    number = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()
    seats = models.PositiveSmallIntegerField()
    digits = models.CharField(max_length=200)
    pool_txt = models.BinaryField()
    declaration_txt = models.BinaryField()
    seed_txt = models.BinaryField()
    result_txt = models.BinaryField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="trial_number_once")]

    def __str__(self) -> str:
        return f"{self.call_id} trial {self.number}"

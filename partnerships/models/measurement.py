"""What was measured for a goal, and when: the way from the baseline to the target, row by row.

Nothing is overwritten: a correction is a new row that points at the one it replaces.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from foundation.languages import LocalizedTextField
from partnerships.models.goal import Goal


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def standing(self) -> MeasurementQuerySet:
        """Those that no later row corrects, oldest first."""
        return self.filter(correction=None).order_by("on", "pk")


class Measurement(models.Model):
    """Append-only; `value` is in the unit of the goal, `corrects` is the row it stands in for."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measurements")
    value = models.DecimalField(max_digits=12, decimal_places=2)
    on = models.DateField()
    note = LocalizedTextField()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[MeasurementQuerySet] = MeasurementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(corrects=None) | ~models.Q(corrects=models.F("id")),
                name="measurement_corrects_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.on}: {self.value}"

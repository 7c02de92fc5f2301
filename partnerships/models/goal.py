"""A goal that two cities share: with a strategy, an indicator and a date it is concrete.

A number without a unit says nothing, so the database refuses it.
"""

from __future__ import annotations

from django.db import models

from foundation.languages import LocalizedTextField
from partnerships.models.partnership import Partnership, Party


class Goal(models.Model):
    """Baseline, target and latest value share one `unit`; less may be better than more."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField()
    title = LocalizedTextField()
    strategy = LocalizedTextField()
    indicator = LocalizedTextField()
    unit = LocalizedTextField()
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    latest = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)
    lead = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="led_goals"
    )
    # Whose goal it is: of one city, or of both when empty.
    side = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="own_goals"
    )
    review_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "position"], name="goal_position_once"),
            models.CheckConstraint(
                condition=models.Q(target=None, baseline=None, latest=None) | ~models.Q(unit={}),
                name="goal_number_has_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(latest=None, latest_on=None)
                | models.Q(latest__isnull=False, latest_on__isnull=False),
                name="goal_latest_has_date",
            ),
            models.CheckConstraint(
                condition=models.Q(baseline_on=None)
                | models.Q(due_on=None)
                | models.Q(due_on__gt=models.F("baseline_on")),
                name="goal_due_after_baseline",
            ),
            models.CheckConstraint(
                condition=models.Q(review_months=None) | models.Q(review_months__range=(1, 60)),
                name="goal_review_sane",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def less_is_better(self) -> bool:
        """Whether the target lies below the baseline."""
        return None not in (self.target, self.baseline) and self.target < self.baseline  # type: ignore[operator]

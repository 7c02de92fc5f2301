"""What marks the way of a partnership, and what it grew out of.

Analysis, network, meeting, project: each milestone may name the one before it.
"""

from __future__ import annotations

from django.db import models

from foundation.languages import LocalizedTextField
from partnerships.models.encounter import Encounter
from partnerships.models.partnership import Partnership
from partnerships.models.project import Project


class Milestone(models.Model):
    """`on` is the day it is planned for or, with `is_reached`, the day it was reached."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="milestones"
    )
    title = LocalizedTextField()
    on = models.DateField()
    is_reached = models.BooleanField(default=False)
    after = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )
    encounter = models.ForeignKey(
        Encounter, on_delete=models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="milestones"
    )

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(after=None) | ~models.Q(after=models.F("id")),
                name="milestone_after_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

"""What was learnt on the way, so that the next partnership need not learn it again."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from foundation.accounts.models import User
from foundation.languages import LocalizedTextField
from partnerships.models.partnership import Partnership


class Lesson(models.Model):
    """One lesson, bound to the phase in which it was learnt."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="lessons")
    in_phase = models.CharField(max_length=20, choices=Partnership.Phase.choices)
    text = LocalizedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text={}), name="lesson_has_text"),
        ]

    def __str__(self) -> str:
        return str(self.text)

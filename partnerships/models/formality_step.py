"""How formal a partnership was when: each step with its basis, who noted it and since when."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from foundation.accounts.models import User
from foundation.languages import LocalizedTextField
from partnerships.models.partnership import Partnership


class FormalityStep(models.Model):
    """Append-only; `basis` names the paper or decision, `since` the day from which it holds."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="formality_steps"
    )
    formality = models.CharField(max_length=20, choices=Partnership.Formality.choices)
    basis = LocalizedTextField()
    since = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(basis={}), name="formality_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.formality}"

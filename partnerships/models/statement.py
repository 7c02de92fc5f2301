"""What office holders said about a partnership: by role and date, with its source.

Roles, not names: a quotation of some years ago must not look current.
"""

from __future__ import annotations

from django.db import models

from foundation.languages import LocalizedTextField
from partnerships.models.partnership import Partnership, Party


class Statement(models.Model):
    """`language` is the language it was given in; `text` may carry translations."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="statements"
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    position = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=200)
    text = LocalizedTextField()
    language = models.CharField(max_length=2)
    said_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(source=""), name="statement_has_source"),
        ]

    def __str__(self) -> str:
        return self.role

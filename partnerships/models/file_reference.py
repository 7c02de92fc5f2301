"""The number under which a city files an agreement in its own registry."""

from __future__ import annotations

from django.db import models

from partnerships.models.agreement import Agreement
from partnerships.models.partnership import Party


class FileReference(models.Model):
    """One city's own file number (Aktenzeichen) of one agreement."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="file_references"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80)

    class Meta:
        ordering = ["party__position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="file_reference_once"),
            models.CheckConstraint(
                condition=~models.Q(number=""), name="file_reference_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.number

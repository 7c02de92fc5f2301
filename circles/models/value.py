"""The public value of a draw: dice typed by two people on their own, and the beacon."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.draw import Declaration


class ValueEntry(models.Model):
    """What one person typed; stays logged also when it differs. Append-only."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="entries")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    digits = models.CharField(max_length=200)
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(digits__regex=r"^[1-6]+$"), name="entry_is_dice")
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.entered_by_id}"


class AgreedValue(models.Model):
    """Two people typed the same: public at once, never changed. Append-only."""

    declaration = models.OneToOneField(
        Declaration, on_delete=models.PROTECT, related_name="agreed_value"
    )
    digits = models.CharField(max_length=200)
    first_entry = models.OneToOneField(ValueEntry, on_delete=models.PROTECT, related_name="+")
    second_entry = models.OneToOneField(ValueEntry, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.digits}"


class Beacon(models.Model):
    """The drand signature of the declared round, checked before it was stored. Append-only."""

    declaration = models.OneToOneField(Declaration, on_delete=models.PROTECT, related_name="beacon")
    round = models.PositiveBigIntegerField()
    signature = models.CharField(max_length=96)
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signature__regex=r"^[0-9a-f]{96}$"), name="beacon_signature_form"
            )
        ]

    def __str__(self) -> str:
        return f"round {self.round}"

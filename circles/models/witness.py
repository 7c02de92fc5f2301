"""What others can vouch for: a time stamp over the fingerprint, a beacon seen, a sample opened."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.draw import Declaration, Draw


class FingerprintStamp(models.Model):
    """An RFC 3161 time stamp over `declaration.txt`, as the authority answered. Append-only."""

    declaration = models.OneToOneField(Declaration, on_delete=models.PROTECT, related_name="stamp")
    token = models.BinaryField()
    stored_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"stamp of {self.declaration_id}"


class BeaconSight(models.Model):
    """A genuine signature that came before our clock thought it could. Append-only.

    Somebody may know the beacon: for its round and all before it no dice are taken any more.
    """

    round = models.PositiveBigIntegerField(unique=True)
    signature = models.CharField(max_length=96)
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signature__regex=r"^[0-9a-f]{96}$"), name="sight_signature_form"
            )
        ]

    def __str__(self) -> str:
        return f"round {self.round}"


class AuditSample(models.Model):
    """Tickets that an auditor opened to real people: which ones follows from the seed alone."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="samples")
    number = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField()
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="sample_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1, size__gte=1), name="sample_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} sample {self.number}"

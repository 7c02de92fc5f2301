"""An error in the pool, found before anything can be known: the corrected pool, and why."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.draw import Draw


class CorrectionQuerySet(models.QuerySet["PoolCorrection"]):
    def made(self) -> CorrectionQuerySet:
        """Those that two people made."""
        return self.exclude(confirmed_at=None)

    def that_removed(self, ticket: str) -> CorrectionQuerySet:
        """Those that took this ticket out of the pool."""
        return self.made().filter(removed__contains=[ticket])


class PoolCorrection(models.Model):
    """Proposed by one person, made by another; the former files stay published beside it.

    `admitted` and `removed` are the tickets that were moved; the public difference is that of the
    two pools (`corrections.differences`).
    """

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    admitted = models.JSONField(default=list)
    removed = models.JSONField(default=list)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    former_pool_sha256 = models.CharField(max_length=64, blank=True)
    former_pool_txt = models.BinaryField(null=True)
    former_lottery_txt = models.BinaryField(null=True)
    former_rejected_txt = models.BinaryField(null=True)
    former_frozen_at = models.DateTimeField(null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="correction_number_once"),
            models.UniqueConstraint(
                fields=["draw"],
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="correction_one_open",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False, withdrawn_at=None)
                    & ~Q(confirmed_by=models.F("proposed_by"))
                ),
                name="correction_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} correction {self.number}"

    @property
    def digest(self) -> str:
        """What the second person saw: which proposal, who comes in, who goes out, and why."""
        said = [self.pk, self.admitted, self.removed, self.reason]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def former_name(self) -> str:
        """How the pool before this correction is published."""
        return f"pool-{self.number}.txt"

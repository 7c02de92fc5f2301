"""A rejected applicant objects; somebody who did not review the application decides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.application import Application


class Objection(models.Model):
    """What the person says, and what was decided; the words go when the application is erased."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="objections"
    )
    text = models.TextField(max_length=2000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(decided_at=None),
                name="objection_one_open",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, upheld=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, upheld__isnull=False),
                name="objection_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"

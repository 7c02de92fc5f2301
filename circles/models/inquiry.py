"""A question to an applicant before the finding, and the answer: so that nobody fails by a slip."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.application import Application


class Inquiry(models.Model):
    """`due_at`: findings wait until then. The words go when the application is erased."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="inquiries")
    question = models.TextField(max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at=None, closed_at=None),
                name="inquiry_one_open",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=models.F("asked_at")), name="inquiry_due_later"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False),
                name="inquiry_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"inquiry {self.pk}"

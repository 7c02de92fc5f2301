"""The office ends the application of somebody without login: one notes the wish, another acts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from circles.models.application import Application


class PaperEnding(models.Model):
    """A letter or call says: withdraw me, or forget me. `reference` is where that word is kept.

    Nothing follows before a second person has looked at the same reference.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="endings")
    is_erasure = models.BooleanField()
    reference = models.CharField(max_length=40)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(confirmed_at=None),
                name="paper_ending_one_open",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirmed_by=F("entered_by"))
                ),
                name="paper_ending_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.reference}"

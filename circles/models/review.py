"""Two people look at every application and say yes or no to each criterion, with reasons."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from circles.models.application import Application
from circles.models.call import Criterion


class Review(models.Model):
    """One reviewer's finding on one application; append-only."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews"
    )
    qualified = models.BooleanField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reviewer"], name="review_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.qualified}"


class ReviewReason(models.Model):
    """A criterion that the reviewer finds unmet, and why; erased with the application's data."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reasons")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT)
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="review_reason_once")
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.criterion_id}"

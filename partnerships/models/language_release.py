"""Somebody puts their name to one language of an agreement: read, compared, fit to be signed.

It holds for exactly the words that were released; a change in that language voids it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from partnerships.models.agreement import Agreement


class LanguageRelease(models.Model):
    """`name` and `function` are printed; `released_by` is the account. Rows are only added."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="language_releases"
    )
    language = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=200)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(function=""),
                name="language_release_names_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="language_release_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.language}"

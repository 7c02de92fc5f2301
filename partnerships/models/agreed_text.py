"""The words that a city agreed to, kept whole, so that it can see later what has changed since.

A consent holds a digest; this row holds the content of that digest. Rows are only added.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models.functions import Now

from partnerships.models.agreement import Agreement


class AgreedText(models.Model):
    """`content` is JSON in the form of RFC 8785; `digest` is its SHA-256."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="agreed_texts")
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    kept_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "digest"], name="agreed_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.digest[:16]}"

    @property
    def data(self) -> dict[str, Any]:
        """The content as it was agreed to."""
        return json.loads(bytes(self.content))

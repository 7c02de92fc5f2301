"""A frozen version of an agreement: its canonical bytes, their digest, and the files made of it.

Rows are only added. Whatever is signed is signed over the digest that stands here.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from foundation.documents.models import Release
from partnerships.models.agreement import Agreement


class AgreementVersion(models.Model):
    """`content` is JSON in the form of RFC 8785; `sha256` is over exactly these bytes."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)
    template = models.CharField(max_length=20)
    libraries = models.JSONField()
    is_test = models.BooleanField()
    frozen_at = models.DateTimeField(db_default=Now())
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "n"], name="version_number_once"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="version_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.n}"

    @property
    def data(self) -> dict[str, Any]:
        """The content as it was frozen."""
        return json.loads(bytes(self.content))

    @property
    def short_digest(self) -> str:
        """The first 16 digits, as printed at the foot of each page."""
        return self.sha256[:16]


class Edition(models.Model):
    """The sealed file of one version: issued for signing, later concluded.

    Each signature with a certificate of its own makes another issued file, in strict order.
    """

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="editions")
    stage = models.CharField(max_length=8, choices=Release.Stage.choices)
    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="+")
    pdf_sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "stage"],
                condition=models.Q(stage="final"),
                name="edition_final_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.stage}"

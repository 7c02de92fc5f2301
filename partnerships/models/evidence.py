"""The proof that somebody approved exact bytes for a city; rows are only ever added.

A trigger compares both digests with the version and its issued file before the row gets in.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.models.partnership import Party
from partnerships.models.signatory import Signatory
from partnerships.models.version import AgreementVersion


class Evidence(models.Model):
    """`factor` and `factor_at` say which second factor was confirmed, and when."""

    class Kind(models.TextChoices):
        CLICK = "click", _("approved electronically (simple signature)")

    FACTORS = {"totp": _("authenticator app"), "webauthn": _("passkey")}

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="evidence")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="evidence")
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="evidence")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CLICK)
    version_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    factor = models.CharField(max_length=20)
    factor_at = models.DateTimeField()
    nonce = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["version", "signatory"], name="evidence_once"),
            models.UniqueConstraint(fields=["version", "user"], name="evidence_one_party"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.party_id} {self.kind}"

    @property
    def factor_label(self) -> str:
        """The second factor in words."""
        return str(self.FACTORS.get(self.factor, self.factor))

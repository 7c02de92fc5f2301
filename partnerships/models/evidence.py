"""The proof that somebody approved exact bytes for a city; rows are only ever added.

A trigger compares both digests with the version and its issued file before the row gets in, and
lets paper and files signed elsewhere in only after the comparisons that they need.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.models.partnership import Party
from partnerships.models.signatory import Signatory
from partnerships.models.submission import Submission
from partnerships.models.version import AgreementVersion


class Evidence(models.Model):
    """Every row counts. `record` is what was approved, as RFC 8785 bytes; passkeys sign them."""

    class Kind(models.TextChoices):
        CLICK = "click", _("approved electronically (simple signature)")
        EXTERNAL = "external", _("signed with own certificate")
        PAPER = "paper", _("signed on paper, scan on file")
        ELSEWHERE = "elsewhere", _("signed elsewhere, file differs, text compared")

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
    # Only a click has a second factor; only a passkey leaves an assertion that others can check.
    factor = models.CharField(max_length=20, blank=True)
    factor_at = models.DateTimeField(null=True)
    assertion = models.JSONField(null=True)
    # Only an external signature has a certificate, only a scan or foreign file a submission.
    certificate = models.JSONField(null=True)
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, related_name="evidence"
    )
    record = models.BinaryField(default=bytes)
    nonce = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["version", "signatory"], name="evidence_once"),
            models.UniqueConstraint(fields=["version", "user"], name="evidence_one_party"),
            models.CheckConstraint(
                condition=models.Q(
                    kind="click",
                    factor__in=["totp", "webauthn"],
                    factor_at__isnull=False,
                    submission=None,
                    certificate=None,
                )
                | models.Q(kind="external", factor="", submission=None, certificate__isnull=False)
                | models.Q(
                    kind__in=["paper", "elsewhere"],
                    factor="",
                    submission__isnull=False,
                    certificate=None,
                ),
                name="evidence_has_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=models.Q(factor="webauthn", assertion__isnull=False)
                | (~models.Q(factor="webauthn") & models.Q(assertion=None)),
                name="evidence_passkey_has_assertion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.party_id} {self.kind}"

    @property
    def factor_label(self) -> str:
        """The second factor in words; empty for kinds that have none."""
        return str(self.FACTORS.get(self.factor, self.factor))

    @property
    def certificate_name(self) -> str:
        """Whom the certificate of an external signature names."""
        return str((self.certificate or {}).get("subject", ""))

    @property
    def data(self) -> dict[str, Any]:
        """What was approved, as it was written down."""
        found: dict[str, Any] = json.loads(bytes(self.record) or b"{}")
        return found

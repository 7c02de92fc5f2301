"""What a city said yes to: a text, a target picture, a publication, by the digest of its words.

A consent counts only while the digest is still the one of the words; changing them voids it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.models.agreement import Agreement
from partnerships.models.partnership import Party


class Consent(models.Model):
    """Append-only; `agreement` is empty for a target picture."""

    class Purpose(models.TextChoices):
        TARGET_PICTURE = "target_picture", _("Target picture")
        TEXT = "text", _("Text of the agreement")
        PUBLICATION = "publication", _("Publication")
        RENEWAL = "renewal", _("Renewal")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, related_name="consents"
    )
    digest = models.CharField(max_length=64)
    # Of the agreement, for its text: a consent holds until the agreement is reopened.
    text_round = models.PositiveSmallIntegerField(default=1)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "purpose", "agreement", "digest", "text_round"],
                name="consent_once",
                nulls_distinct=False,
            ),
            # Nobody speaks for two cities.
            models.UniqueConstraint(
                fields=["given_by", "purpose", "agreement", "digest", "text_round"],
                condition=models.Q(agreement__isnull=False),
                name="consent_for_one_party",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="target_picture", agreement=None)
                | (~models.Q(purpose="target_picture") & models.Q(agreement__isnull=False)),
                name="consent_has_its_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.purpose}"

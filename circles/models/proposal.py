"""What a circle works out together: a text in sections, and the versions that were kept of it.

The sections and their wordings are `foundation.texts` with the proposal as their subject.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.circle import Circle
from circles.models.seat_term import SeatTerm
from foundation.languages import LocalizedText, LocalizedTextField


class Proposal(models.Model):
    """The one proposed solution of a circle; its words live in paragraphs and their revisions."""

    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="proposal")
    title = LocalizedTextField(default=LocalizedText)
    begun_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"proposal of {self.circle_id}"


class ProposalVersion(models.Model):
    """The whole proposal as it stood at one moment; append-only but for `released_at`.

    `content` is JSON in the form of RFC 8785 over
    {"title", "sections": [{"number", "slug", "heading", "body", "revision"}], "sources"}, texts
    as {language: words}; `sha256` is over exactly these bytes. A member kept it (`kept_as`), or
    the office or the chair (`kept_by`). `released_at`: from then on everybody may read it.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    kept_as = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(db_default=Now())
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "n"], name="proposal_version_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="proposal_version_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.n}"

    @property
    def data(self) -> dict[str, Any]:
        """The content as it was kept."""
        return json.loads(bytes(self.content))

"""The shared target picture, version by version, and what team and local actors brought in."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.languages import LocalizedTextField
from partnerships.models.actor import Actor
from partnerships.models.partnership import Partnership


class PictureVersion(models.Model):
    """Append-only; `note` says what changed and why."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="picture_versions"
    )
    n = models.PositiveIntegerField()
    text = LocalizedTextField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-n"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "n"], name="picture_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} v{self.n}"


class PictureContribution(models.Model):
    """A voice on one version; an answer says what became of it, and why if it was not taken up."""

    class Answer(models.TextChoices):
        OPEN = "open", _("open")
        TAKEN_UP = "taken_up", _("taken up")
        PARTLY = "partly", _("partly taken up")
        NOT = "not", _("not taken up")

    version = models.ForeignKey(
        PictureVersion, on_delete=models.PROTECT, related_name="contributions"
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    contributor = models.CharField(max_length=200)
    text = models.TextField(max_length=4000)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.OPEN)
    reason = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="open", answered_at=None)
                | ~models.Q(answer="open") & models.Q(answered_at__isnull=False),
                name="picture_contribution_answered_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer__in=["partly", "not"]) | ~models.Q(reason=""),
                name="picture_contribution_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.contributor

"""A signature that came outside the portal, and the people who compare it with the version.

A scan or a file is no evidence yet: it becomes evidence when others than its bringer confirm it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.documents.models import StoredFile
from partnerships.models.partnership import Party
from partnerships.models.signatory import Signatory
from partnerships.models.version import AgreementVersion


class Submission(models.Model):
    """One scan or file for one place of one version, stored as it was received."""

    class Kind(models.TextChoices):
        PAPER = "paper", _("signed on paper")
        ELSEWHERE = "elsewhere", _("signed elsewhere, the file differs")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for comparison")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")

    TRANSITIONS = {
        State.WAITING: {State.CONFIRMED, State.REFUSED},
        State.CONFIRMED: set[str](),
        State.REFUSED: set[str](),
    }

    version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="submissions"
    )
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="submissions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    brought_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "signatory"],
                condition=~models.Q(state="refused"),
                name="submission_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.signatory_id} {self.kind}"


class Comparison(models.Model):
    """One person's answer; `party` is the city it was given for, empty for a scan of paper."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comparisons")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agrees = models.BooleanField()
    # The digits that the reviewer read off the paper, or the reason of a refusal.
    digits = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True, max_length=1000)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "reviewer"], name="comparison_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["submission", "party"],
                name="comparison_once_a_city",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(agrees=True) | ~models.Q(reason=""),
                name="comparison_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.agrees}"

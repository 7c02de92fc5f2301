"""What a partnership decided about itself: rest, go on, renew, end, begin again; each with why.

Rows stay for ever: years later it can be read why two cities stopped or carried on.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.languages import LocalizedTextField
from partnerships.models.partnership import Partnership


class TurningPoint(models.Model):
    """`running` says what becomes of things under way; `until` when a pause or way back ends."""

    class Kind(models.TextChoices):
        SUSPENDED = "suspended", _("suspended")
        RESUMED = "resumed", _("resumed")
        RENEWED = "renewed", _("renewed with the same goals")
        RENEGOTIATED = "renegotiated", _("renewed by a new agreement")
        ENDED = "ended", _("ended")
        REOPENED = "reopened", _("opened again")

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="turning_points"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    in_phase = models.CharField(max_length=20, choices=Partnership.Phase.choices)
    reason = LocalizedTextField()
    running = LocalizedTextField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="reopened") | ~models.Q(reason={}),
                name="turning_point_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="ended") | ~models.Q(running={}) & ~models.Q(until=None),
                name="turning_point_end_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.kind}"

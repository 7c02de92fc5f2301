"""How the term of a concluded agreement ends later or earlier: renewed by all, terminated by one.

Whether an agreement is in force follows from these rows and from dates; nothing stores it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from partnerships.models.agreement import Agreement
from partnerships.models.partnership import Party


class Renewal(models.Model):
    """A later end, proposed by one city; it counts once every city has declared the same."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="renewals")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField()
    digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(db_default=Now())
    declared_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=models.Q(declared_at=None, set_aside_at=None),
                name="renewal_one_proposal",
            ),
            models.CheckConstraint(
                condition=models.Q(declared_at=None) | models.Q(set_aside_at=None),
                name="renewal_declared_or_set_aside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.ends_on}"


class Termination(models.Model):
    """Notice given by one city; the agreement ends on `effective_on`. Rows are only added."""

    agreement = models.OneToOneField(
        Agreement, on_delete=models.PROTECT, related_name="termination"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    effective_on = models.DateField()
    notice_months = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=1000)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effective_on__gt=models.F("given_on")),
                name="termination_takes_notice",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="termination_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.effective_on}"

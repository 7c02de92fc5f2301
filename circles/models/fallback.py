"""When the beacon never comes: a lottery named in the declaration stands in, by two people.

First both say in public that the beacon is given up, before that lottery closes its sales; later
both type its numbers. Append-only.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.draw import Declaration

NUMBERS = r"^([0-4][0-9]-){6}[0-9]$"


class FallbackActivation(models.Model):
    """The beacon is given up: proposed by one person, confirmed by another, public from then on."""

    declaration = models.OneToOneField(
        Declaration, on_delete=models.PROTECT, related_name="activation"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirmed_by=models.F("proposed_by"))
                ),
                name="activation_two_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} without beacon"


class FallbackEntry(models.Model):
    """What one person typed of that lottery's numbers; stays logged also when it differs."""

    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, related_name="fallback_entries"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    value = models.CharField(max_length=19)
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__regex=NUMBERS), name="fallback_entry_form")
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.entered_by_id}"


class FallbackValue(models.Model):
    """Two people typed the same numbers: they stand in for the beacon."""

    declaration = models.OneToOneField(
        Declaration, on_delete=models.PROTECT, related_name="fallback_value"
    )
    value = models.CharField(max_length=19)
    first_entry = models.OneToOneField(FallbackEntry, on_delete=models.PROTECT, related_name="+")
    second_entry = models.OneToOneField(FallbackEntry, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__regex=NUMBERS), name="fallback_value_form")
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.value}"

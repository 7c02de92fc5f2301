"""Who put something into a circle's room: a member by their seat, or whoever looks after it.

A member's seat outlives the person's erasure; staff is named as everywhere.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from circles.models.seat_term import SeatTerm


class Authored(models.Model):
    """Written by exactly one of the two."""

    by_member = models.ForeignKey(
        SeatTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


def written_by_one(name: str) -> models.CheckConstraint:
    """The database's word for it, under the name of the model's constraint."""
    by_member = Q(by_member__isnull=False, by_host=None)
    return models.CheckConstraint(
        condition=by_member | Q(by_member=None, by_host__isnull=False), name=name
    )

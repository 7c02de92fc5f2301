"""Files of a circle's room; of one that was removed stays who removed it, and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.authorship import Authored, written_by_one
from circles.models.circle import Circle
from circles.models.seat_term import SeatTerm
from foundation.documents.models import StoredFile


class RoomFile(Authored):
    """One file; never changed, only removed."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by_member = models.ForeignKey(
        SeatTerm, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_by_host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            written_by_one("room_file_by_one"),
            models.CheckConstraint(condition=~Q(name=""), name="room_file_has_name"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by_member=None, removed_by_host=None)
                | Q(removed_at__isnull=False, removed_by_member=None, removed_by_host__isnull=False)
                | Q(
                    removed_at__isnull=False, removed_by_member__isnull=False, removed_by_host=None
                ),
                name="room_file_removed_by_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle_id} {self.pk}"

"""Who is in the room, from when to when; whoever left no longer counts."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from formats.models.body import Membership
from formats.models.meeting import Meeting


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def at(self, moment: object) -> AttendanceQuerySet:
        """Stays that cover `moment` (a datetime or an expression)."""
        return self.filter(
            models.Q(left_at=None) | models.Q(left_at__gt=moment), arrived_at__lte=moment
        )


class Attendance(models.Model):
    """One stay of a member in a session. `seat` is whose vote it carries."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="stays")
    seat = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    votes = models.BooleanField()
    arrived_at = models.DateTimeField(db_default=Now())
    left_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left_at=None) | models.Q(left_at__gte=models.F("arrived_at")),
                name="attendance_leaves_later",
            ),
            # A member and the deputy are never counted together: one seat, one vote.
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=models.Q(left_at=None),
                name="attendance_one_per_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.membership_id}"

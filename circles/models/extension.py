"""A call whose deadline was put off while it was open: from when to when, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from circles.models.call import Call
from formats.models import Meeting
from foundation.languages import LocalizedText, LocalizedTextField


class Extension(models.Model):
    """One extension; append-only, for its words stand on the public page of the call.

    A trigger stamps `decided_at` with the clock of the call and refuses it once the old deadline
    has passed or the call is not open.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="extensions")
    closed_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    met_in = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    reason = LocalizedTextField(default=LocalizedText)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("closed_at")), name="extension_is_later"
            ),
            models.CheckConstraint(condition=~Q(reason={}), name="extension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"extension {self.pk} of {self.call_id}"

    @property
    def moves_the_draw(self) -> bool:
        """Whether the lot is drawn in another session than before."""
        return self.met_in_id != self.meeting_id

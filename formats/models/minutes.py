"""Minutes of a session: taken while it goes on, laid before the members, approved by the next."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.agenda import AgendaItem
from formats.models.body import Membership
from formats.models.meeting import Meeting


class Minutes(models.Model):
    """The minutes of one session; approved ones are rendered, sealed and never changed."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        SUBMITTED = "submitted", _("laid before the members")
        APPROVED = "approved", _("approved")

    TRANSITIONS = {
        State.DRAFT: {State.SUBMITTED},
        State.SUBMITTED: {State.DRAFT, State.APPROVED},
        State.APPROVED: set[str](),
    }

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    chair = models.CharField(max_length=200, blank=True)
    taker = models.CharField(max_length=200, blank=True)
    guests = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_in = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="approves"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    objections = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state="approved", approved_in__isnull=False, approved_at__isnull=False
                )
                | ~models.Q(state="approved") & models.Q(approved_in=None, approved_at=None),
                name="minutes_approved_in_a_session",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | ~models.Q(chair="") & ~models.Q(taker=""),
                name="minutes_name_chair_and_taker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.state}"


class MinuteEntry(models.Model):
    """One thing that was said or moved under an item: who, when, what."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="entries")
    speaker = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField()
    said_at = models.DateTimeField(db_default=Now())
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.pk}"

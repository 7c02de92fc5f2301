"""Sessions of a body, in OParl's terms."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.body import Body
from formats.models.visibility import INSIDERS, inside
from foundation.accounts import mandates
from foundation.documents.models import StoredFile

__all__ = ["INSIDERS", "Meeting", "MeetingQuerySet"]


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: mandates.Actor) -> MeetingQuerySet:
        """Public sessions of public bodies for everybody; others for the body and the office."""
        return self.filter(models.Q(is_public=True, body__is_public=True) | inside(user))


class Meeting(models.Model):
    """One session; `year` and `ordinal` make its number such as 4/2026."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled")
        INVITED = "invited", _("invited")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    TRANSITIONS = {
        State.SCHEDULED: {State.INVITED, State.CANCELLED},
        State.INVITED: {State.HELD, State.CANCELLED},
        State.HELD: set[str](),
        State.CANCELLED: set[str](),
    }

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    is_public = models.BooleanField(default=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.SCHEDULED)
    invited_at = models.DateTimeField(null=True, blank=True)
    # Who agreed, and when, that the invitation came too late for the period of notice.
    short_notice_consent = models.CharField(max_length=300, blank=True)
    over_maximum_reason = models.CharField(max_length=300, blank=True)
    # From opening to closing the session takes attendance and votes.
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    # Grows with every change that calendars must learn of.
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())
    # What members were sent: invitation, agenda, papers, the last minutes.
    pack = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pack_digest = models.CharField(max_length=64, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "ordinal"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_later"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="invited") | models.Q(invited_at__isnull=False),
                name="meeting_invited_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at=None) | models.Q(state__in=["invited", "held"]),
                name="meeting_opened_was_invited",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None)
                | models.Q(state="held", closed_at__gte=models.F("opened_at")),
                name="meeting_closed_was_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.number}"

    @property
    def number(self) -> str:
        """Such as 4/2026."""
        return f"{self.ordinal}/{self.year}"

    @property
    def reference(self) -> str:
        """Such as DIV-2026-04: begins the numbers of its resolutions and documents."""
        return f"{self.body.short_name}-{self.year}-{self.ordinal:02d}"

    @property
    def is_open(self) -> bool:
        """The chair has opened it and not closed it yet."""
        return self.state == self.State.INVITED and self.opened_at is not None

    @property
    def is_standing(self) -> bool:
        """Neither held nor cancelled: something can still be prepared."""
        return self.state in (self.State.SCHEDULED, self.State.INVITED)

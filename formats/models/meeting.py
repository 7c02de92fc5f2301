"""Sessions of a body and their agenda, in OParl's terms."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from formats.models.body import Body
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.languages import LocalizedText, LocalizedTextField

# Of the body; a chair of something else is a stranger here.
INSIDERS = (Role.OFFICE, Role.CHAIR, Role.DIV_MEMBER)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: mandates.Actor) -> MeetingQuerySet:
        """Public sessions for everybody; the others for the body and the office."""
        if any(mandates.holds(user, role) for role in INSIDERS):
            return self
        bodies = {pk for role in INSIDERS for pk in mandates.subjects_of(user, role, Body)}
        return self.filter(models.Q(is_public=True) | models.Q(body__in=bodies))


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
    over_maximum_reason = models.CharField(max_length=300, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.number}"

    @property
    def number(self) -> str:
        """Such as 4/2026."""
        return f"{self.ordinal}/{self.year}"


class AgendaItem(models.Model):
    """One matter of a session. Upper apps attach their subject by its generic key."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    title = LocalizedTextField(default=LocalizedText)
    result = LocalizedTextField(default=LocalizedText)
    # What an upper app wants read with the item, such as the fingerprint of a draw.
    note = LocalizedTextField(default=LocalizedText)
    subject_type = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_once"),
            models.UniqueConstraint(
                fields=["meeting", "subject_type", "subject_id"],
                condition=~models.Q(subject_type=""),
                name="agenda_subject_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} TOP {self.position}"

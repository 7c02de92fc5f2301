"""Asking people by mail to an event that is not open to everybody; they answer by the link."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from formats.models.event import Event
from formats.models.registration import Registration


class EventInvitation(models.Model):
    """One address asked to one event; of the tokens in its mails only digests are stored."""

    class Standing(models.TextChoices):
        """Where it stands; follows from the moments and the registration."""

        INVITED = "invited", _("invited")
        REGISTERED = "registered", _("registered")
        DECLINED = "declined", pgettext_lazy("to an invitation", "declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="de")
    token_digest = models.CharField(max_length=64, unique=True)
    # The reminder has a link of its own: the first token stands in the first mail only.
    reminder_digest = models.CharField(max_length=64, unique=True, null=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(db_default=Now())
    reminded_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    registration = models.OneToOneField(
        Registration, on_delete=models.PROTECT, null=True, related_name="invitation"
    )

    class Meta:
        ordering = ["name", "email", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=Q(revoked_at=None, erased_at=None),
                name="event_invitation_once",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="event_invitation_email_low"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None, email__gt="")
                | Q(erased_at__isnull=False, email="", name=""),
                name="event_invitation_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(reminded_at=None, reminder_digest=None)
                | Q(reminded_at__isnull=False, reminder_digest__isnull=False),
                name="event_invitation_reminder_has_link",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) | Q(registration=None),
                name="event_invitation_yes_or_no",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def standing(self) -> Standing:
        """What became of it; whoever gave the place back has declined."""
        if self.revoked_at is not None:
            return self.Standing.WITHDRAWN
        if self.registration is not None and self.registration.state in Registration.LIVE:
            return self.Standing.REGISTERED
        if self.declined_at is not None or self.registration is not None:
            return self.Standing.DECLINED
        return self.Standing.INVITED

"""The programme of an event: its parts with questions, who speaks, and the sheet as PDF."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.event import Event
from formats.models.forum import Forum
from foundation.documents.models import StoredFile
from foundation.languages import LocalizedText, LocalizedTextField
from partnerships.models import Actor


class EventSession(models.Model):
    """One part of a programme; `when` says in words what no clock knows ("by June 2020")."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sessions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=Event.Kind.choices, blank=True)
    title = LocalizedTextField(default=LocalizedText)
    description = LocalizedTextField(default=LocalizedText)
    # One question a line.
    questions = LocalizedTextField(default=LocalizedText)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    when = LocalizedTextField(default=LocalizedText)
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["event_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "position"], name="event_session_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="event_session_ends_later",
            ),
            models.CheckConstraint(condition=~Q(title={}), name="event_session_has_title"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.title)


class Contributor(models.Model):
    """Who hosts, initiates, moderates or speaks: an organisation or a function.

    A name is kept only with the day on which its bearer agreed to be named.
    """

    class Role(models.TextChoices):
        HOST = "host", _("Host")
        CO_HOST = "co_host", _("Co-host")
        ORGANISER = "organiser", _("Organiser")
        INITIATOR = "initiator", _("Initiator")
        MODERATOR = "moderator", _("Moderator")
        CO_MODERATOR = "co_moderator", _("Co-moderator")
        SPEAKER = "speaker", _("Speaker")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="contributors"
    )
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="contributors"
    )
    session = models.ForeignKey(
        EventSession, on_delete=models.CASCADE, null=True, blank=True, related_name="contributors"
    )
    role = models.CharField(max_length=12, choices=Role.choices)
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="contributed"
    )
    function = LocalizedTextField(default=LocalizedText)
    name = models.CharField(max_length=200, blank=True)
    named_since = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, forum=None) | Q(event=None, forum__isnull=False),
                name="contributor_of_one",
            ),
            models.CheckConstraint(
                condition=Q(session=None) | Q(event__isnull=False), name="contributor_session_event"
            ),
            models.CheckConstraint(
                condition=Q(actor__isnull=False) | ~Q(function={}), name="contributor_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(name="", named_since=None)
                | (~Q(name="") & Q(named_since__isnull=False)),
                name="contributor_named_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"

    @property
    def who(self) -> str:
        """Name, function and house, as far as they may be told."""
        house = self.actor.name if self.actor else ""
        return ", ".join(filter(None, (self.name, str(self.function), house)))


class ProgrammeSheet(models.Model):
    """The programme as PDF; `digest` is over what it says: the same words are made once."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sheets")
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "language", "digest"], name="programme_sheet_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.language}"


class EventMaterial(models.Model):
    """A file that goes with an event: slides, a report, an invitation; always a PDF."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="materials")
    title = LocalizedTextField(default=LocalizedText)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title={}), name="event_material_has_title"),
        ]

    def __str__(self) -> str:
        return str(self.title)

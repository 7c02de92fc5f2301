"""Sessions of a cohort: kick-off, exchange, webinar, peer consultation; and their programme PDF."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.event import Event
from formats.models.learning_network import Cohort
from foundation.documents.models import StoredFile
from foundation.languages import LocalizedText, LocalizedTextField
from partnerships.models import Encounter, Topic


class LearningSessionQuerySet(models.QuerySet["LearningSession"]):
    def in_order(self) -> LearningSessionQuerySet:
        """Kick-off, then webinars and exchange by their day, then the peer phase."""
        part = Case(
            When(kind=LearningSession.Kind.KICK_OFF, then=Value(0)),
            When(kind=LearningSession.Kind.PEER_CONSULTATION, then=Value(2)),
            default=Value(1),
        )
        return self.annotate(part=part).order_by(
            "part", F("starts_at").asc(nulls_last=True), "position", "pk"
        )


class LearningSession(models.Model):
    """One session; `when` says in words what no clock knows ("by June 2020")."""

    class Kind(models.TextChoices):
        KICK_OFF = "kick_off", _("Kick-off")
        EXCHANGE = "exchange", _("Exchange")
        WEBINAR = "webinar", _("Webinar")
        PEER_CONSULTATION = "peer_consultation", _("Peer consultation")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sessions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = LocalizedTextField(default=LocalizedText)
    description = LocalizedTextField(default=LocalizedText)
    when = LocalizedTextField(default=LocalizedText)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="learning_sessions"
    )
    mode = models.CharField(max_length=8, choices=Encounter.Setting.choices, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    attendance = models.PositiveSmallIntegerField(null=True, blank=True)
    # Where everybody registers and finds material; without it the session is the cohort's own.
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="learning_sessions"
    )
    # For the cohort only.
    recording = models.URLField(max_length=500, blank=True)

    objects = LearningSessionQuerySet.as_manager()

    class Meta:
        ordering = ["cohort_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "position"], name="learning_session_once"),
            models.CheckConstraint(condition=~Q(title={}), name="learning_session_has_title"),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="learning_session_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class CohortSheet(models.Model):
    """The programme of a cohort as PDF; `digest` is over its words: the same are made once."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sheets")
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "language", "digest"], name="cohort_sheet_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.language}"

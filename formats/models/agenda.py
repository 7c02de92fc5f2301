"""What a session deals with, and the papers that belong to it."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.meeting import Meeting
from formats.models.visibility import inside
from foundation.accounts import mandates
from foundation.documents.models import StoredFile
from foundation.languages import LocalizedText, LocalizedTextField


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: mandates.Actor) -> AgendaItemQuerySet:
        """Public items of public sessions for everybody; the others for the body and the office."""
        public = models.Q(is_public=True, meeting__is_public=True, meeting__body__is_public=True)
        return self.filter(public | inside(user, "meeting__body"))


class AgendaItem(models.Model):
    """One matter of a session. Upper apps attach their subject by its generic key."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("opening, summons, quorum")
        AGENDA = "agenda", _("agenda")
        MINUTES = "minutes", _("minutes of the last session")
        ORDERS = "orders", _("state of the work orders")
        VISIONS = "visions", _("topics and visions")
        PRIORITIES = "priorities", _("prioritisation")
        DRAW = "draw", _("draw by lot")
        RESULT = "result", _("results of a circle")
        RESOLUTIONS = "resolutions", _("resolutions and work orders")
        OTHER = "other", _("other business")
        MATTER = "matter", _("matter")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MATTER)
    title = LocalizedTextField(default=LocalizedText)
    explanation = LocalizedTextField(default=LocalizedText)
    result = LocalizedTextField(default=LocalizedText)
    # What an upper app wants read with the item, such as the fingerprint of a draw.
    note = LocalizedTextField(default=LocalizedText)
    is_public = models.BooleanField(default=True)
    # Came after the invitation: the session must agree before it deals with it.
    is_late = models.BooleanField(default=False)
    admitted_at = models.DateTimeField(null=True, blank=True)
    subject_type = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    # The page on which the matter happens, such as a draw's live view; a path of this portal.
    leads_to = models.CharField(max_length=200, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["meeting", "subject_type", "subject_id"],
                condition=~models.Q(subject_type=""),
                name="agenda_subject_once",
            ),
            models.CheckConstraint(
                condition=models.Q(leads_to="") | models.Q(leads_to__regex=r"^/[^/\\]"),
                name="agenda_leads_nowhere_else",
            ),
            models.CheckConstraint(
                condition=models.Q(admitted_at=None) | models.Q(is_late=True),
                name="agenda_admitted_was_late",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} TOP {self.position}"

    @property
    def waits_for_admission(self) -> bool:
        """Late, and the session has not agreed to it yet."""
        return self.is_late and self.admitted_at is None


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: mandates.Actor) -> PaperQuerySet:
        """Public papers of public items; the others for the body and the office."""
        public = models.Q(
            is_public=True,
            item__is_public=True,
            item__meeting__is_public=True,
            item__meeting__body__is_public=True,
        )
        return self.filter(public | inside(user, "item__meeting__body"))


class Paper(models.Model):
    """A paper for one item: a PDF that members get with the invitation."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    is_public = models.BooleanField(default=True)
    added_at = models.DateTimeField(db_default=Now())

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "file"], name="paper_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.pk}"

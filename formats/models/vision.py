"""Visions of the D.I.V., each bound to a field of action."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.body import Body
from formats.models.meeting import INSIDERS, Meeting
from foundation.accounts import mandates
from foundation.documents.models import StoredFile
from foundation.languages import LocalizedText, LocalizedTextField


class ActionField(models.Model):
    """A field of action of the city's digital development (Aktionsfeld)."""

    slug = models.SlugField(unique=True)
    name = LocalizedTextField(default=LocalizedText)

    class Meta:
        verbose_name = _("field of action")
        verbose_name_plural = _("fields of action")

    def __str__(self) -> str:
        return self.slug


class VisionQuerySet(models.QuerySet["Vision"]):
    def visible_to(self, user: mandates.Actor) -> VisionQuerySet:
        """Everybody sees what was adopted, also when it was set aside later, with the reason.

        Drafts are for the office and the D.I.V.
        """
        if any(
            mandates.holds(user, role) or mandates.subjects_of(user, role, Body)
            for role in INSIDERS
        ):
            return self
        states = [Vision.State.ADOPTED, Vision.State.SET_ASIDE]
        return self.filter(state__in=states, adopted_in__isnull=False)


class Vision(models.Model):
    """A future vision: an everyday need before a global trend."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        ADOPTED = "adopted", _("adopted")
        SET_ASIDE = "set_aside", _("set aside")

    TRANSITIONS = {
        State.DRAFT: {State.ADOPTED, State.SET_ASIDE},
        State.ADOPTED: {State.SET_ASIDE},
        State.SET_ASIDE: {State.DRAFT},
    }

    # Number of the thread that begins here: vision, priority, order, result, consequences.
    thread = models.PositiveIntegerField(unique=True)
    action_field = models.ForeignKey(ActionField, on_delete=models.PROTECT, related_name="visions")
    slug = models.SlugField(unique=True)
    title = LocalizedTextField(default=LocalizedText)
    text = LocalizedTextField(default=LocalizedText)
    everyday_need = LocalizedTextField(default=LocalizedText)
    global_trend = LocalizedTextField(default=LocalizedText)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    adopted_in = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="visions"
    )

    set_aside_reason = LocalizedTextField(default=LocalizedText)

    objects = VisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="set_aside") | ~models.Q(set_aside_reason={}),
                name="vision_set_aside_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="adopted") | models.Q(adopted_in__isnull=False),
                name="vision_adopted_in_meeting",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class ThreadSheet(models.Model):
    """A thread on paper; `digest` is over what it says: the same words are made once."""

    vision = models.ForeignKey(Vision, on_delete=models.PROTECT, related_name="sheets")
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vision", "language", "digest"], name="thread_sheet_once"
            ),
        ]

    def __str__(self) -> str:
        return f"thread {self.vision_id} {self.language}"

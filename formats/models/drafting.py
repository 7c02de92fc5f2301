"""Drafting together in a session: short texts from several devices, grouped by the chair."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.meeting import Meeting
from foundation.languages import LocalizedText, LocalizedTextField


class Drafting(models.Model):
    """One question to the room. Whoever has the `code` from the wall can write while it is open."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    TRANSITIONS = {State.OPEN: {State.CLOSED}, State.CLOSED: {State.OPEN}}

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="draftings")
    question = LocalizedTextField(default=LocalizedText)
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.code


class SnippetGroup(models.Model):
    """A heap on the wall under one heading."""

    drafting = models.ForeignKey(Drafting, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(max_length=80)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["drafting", "title"], name="snippet_group_title_once"),
            # A snippet points at (id, drafting): it stays on its own wall.
            models.UniqueConstraint(fields=["id", "drafting"], name="snippet_group_drafting_key"),
        ]

    def __str__(self) -> str:
        return self.title


class Snippet(models.Model):
    """One short text. `device` tells who may take it back; the wall names nobody."""

    drafting = models.ForeignKey(Drafting, on_delete=models.CASCADE, related_name="snippets")
    text = models.CharField(max_length=200)
    device = models.CharField(max_length=64)
    group = models.ForeignKey(
        SnippetGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="snippets"
    )
    is_hidden = models.BooleanField(default=False)
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="snippet_says_something"),
        ]

    def __str__(self) -> str:
        return f"snippet {self.pk}"

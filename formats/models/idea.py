"""Ideas of everybody: taken in without an account, read by the office, answered in public."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from formats.models.vision import ActionField, Vision
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.languages import LocalizedText, LocalizedTextField


def new_handle() -> str:
    """What stands in the link of whoever sent the idea: 32 hex characters, signed there."""
    return secrets.token_hex(16)


class IdeaQuerySet(models.QuerySet["Idea"]):
    def released(self) -> IdeaQuerySet:
        """Those with an answer that everybody may read."""
        return self.filter(released_at__isnull=False)

    def visible_to(self, user: mandates.Actor) -> IdeaQuerySet:
        """Released ones for everybody, the inbox for the office."""
        return self if mandates.holds(user, Role.OFFICE) else self.released()


class Idea(models.Model):
    """An idea such as ID-2026-007. `title` and `text` are the sender's words.

    `public_title` and `public_text` are what the office wrote for everybody. The address is kept
    only for the answer and goes with it.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        ANSWERED = "answered", _("answered")
        MERGED = "merged", _("joined with another idea")
        DISCARDED = "discarded", _("thrown away")

    TRANSITIONS = {
        State.RECEIVED: {State.ANSWERED, State.MERGED, State.DISCARDED},
        State.ANSWERED: set[str](),
        State.MERGED: {State.RECEIVED},
        State.DISCARDED: {State.RECEIVED},
    }

    number = models.CharField(max_length=20, unique=True)
    handle = models.CharField(max_length=32, unique=True, default=new_handle)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    action_field = models.ForeignKey(
        ActionField, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas"
    )
    language = models.CharField(max_length=2, default="de")
    email = models.EmailField(blank=True)
    email_digest = models.CharField(max_length=64, blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    answer = LocalizedTextField(default=LocalizedText)
    settled_at = models.DateTimeField(null=True, blank=True)
    public_title = LocalizedTextField(default=LocalizedText)
    public_text = LocalizedTextField(default=LocalizedText)
    released_at = models.DateTimeField(null=True, blank=True)
    vision = models.ForeignKey(
        Vision, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer={}), name="idea_answered_with_words"
            ),
            models.CheckConstraint(
                condition=Q(state="received", settled_at=None)
                | (~Q(state="received") & Q(settled_at__isnull=False)),
                name="idea_settled_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="idea_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("pk")),
                name="idea_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None)
                | (Q(state="answered") & ~Q(public_title={}) & ~Q(public_text={})),
                name="idea_released_with_answer",
            ),
            models.CheckConstraint(
                condition=Q(email_confirmed_at=None) | Q(email_digest=""),
                name="idea_confirmed_link_is_spent",
            ),
        ]

    def __str__(self) -> str:
        return self.number

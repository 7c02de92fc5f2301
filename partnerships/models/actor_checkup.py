"""The yearly question to the contact of an entry, and what came back.

Only the digest of the link's token is kept; the answer changes nothing until the office agrees.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.models.actor import Actor


class ActorCheckup(models.Model):
    """`proposal` holds what a correction asks for: {"name": …, "website": …, "note": …}."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("correction proposed")
        REMOVAL = "removal", _("removal asked for")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("not answered")

    TRANSITIONS = {
        State.ASKED: {State.CONFIRMED, State.CORRECTED, State.REMOVAL, State.LAPSED},
        State.CONFIRMED: set[str](),
        State.CORRECTED: {State.ACCEPTED, State.DECLINED},
        State.REMOVAL: {State.ACCEPTED, State.DECLINED},
        State.ACCEPTED: set[str](),
        State.DECLINED: set[str](),
        State.LAPSED: set[str](),
    }

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="checkups")
    due_on = models.DateField()
    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    wants_removal = models.BooleanField(default=False)
    proposal = models.JSONField(default=dict)
    asked_at = models.DateTimeField(db_default=Now())
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("yearly question")
        verbose_name_plural = _("yearly questions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["actor", "due_on"], name="actor_asked_once_a_year"),
            models.UniqueConstraint(
                fields=["actor"], condition=models.Q(state="asked"), name="actor_one_open_question"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "lapsed"], answered_at__isnull=True)
                | (~models.Q(state__in=["asked", "lapsed"]) & models.Q(answered_at__isnull=False)),
                name="actor_checkup_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"

"""The office asks an expert, or any actor, to come to something; they answer by the link."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.models.actor import Actor


class ExpertInvitation(models.Model):
    """`occasion` says in words what the invitation is for; only the token's digest is stored."""

    class Purpose(models.TextChoices):
        EVENT = "event", _("An event")
        CIRCLE = "circle", _("An innovation circle")
        NETWORK = "network", _("A learning network")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("no answer yet")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TRANSITIONS = {
        State.OPEN: {State.ACCEPTED, State.DECLINED, State.WITHDRAWN},
        State.ACCEPTED: set[str](),
        State.DECLINED: set[str](),
        State.WITHDRAWN: set[str](),
    }

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    language = models.CharField(max_length=2, default="de")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    occasion = models.CharField(max_length=200)
    on = models.DateField(null=True)
    message = models.TextField(blank=True)
    reply_by = models.DateField()
    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(db_default=Now())
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation of an expert")
        verbose_name_plural = _("invitations of experts")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", answered_at__isnull=True)
                | (~models.Q(state="open") & models.Q(answered_at__isnull=False)),
                name="expert_invitation_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

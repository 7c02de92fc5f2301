"""A sector or expert seat offered to a person whom a body named, to be answered by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.circle import Seat


class Nomination(models.Model):
    """One offer to one person; only the digest of the link's token is stored."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RETURNED = "returned", _("accepted, later given back")

    TRANSITIONS = {
        State.OPEN: {State.ACCEPTED, State.DECLINED, State.WITHDRAWN},
        State.ACCEPTED: {State.RETURNED},
        State.DECLINED: set[str](),
        State.WITHDRAWN: set[str](),
        State.RETURNED: set[str](),
    }

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="nominations"
    )
    body = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    token_digest = models.CharField(max_length=64, unique=True)
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    nominated_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    has_conflict = models.BooleanField(default=False)
    conflict = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state="open"), name="nomination_one_open_per_seat"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="nomination_answer_has_time",
            ),
            models.CheckConstraint(
                condition=Q(has_conflict=False, conflict="")
                | (Q(has_conflict=True) & ~Q(conflict="")),
                name="nomination_conflict_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} to {self.person_id}"

"""A sector or expert seat offered to a person whom a body named, to be answered by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.circle import Seat
from circles.models.naming import NamingRequest


class Nomination(models.Model):
    """One offer to one person; only digests of the links are stored.

    `request` is the one that the body answered by its own link; then nobody else named the person.
    `match` says how the person's expertise fits the topic of an expert seat.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("not answered in time")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RETURNED = "returned", _("accepted, later given back")

    TRANSITIONS = {
        State.OPEN: {State.ACCEPTED, State.DECLINED, State.EXPIRED, State.WITHDRAWN},
        State.ACCEPTED: {State.RETURNED},
        State.DECLINED: set[str](),
        State.EXPIRED: set[str](),
        State.WITHDRAWN: set[str](),
        State.RETURNED: set[str](),
    }

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="nominations"
    )
    body = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    match = models.CharField(max_length=500, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    reminder_digest = models.CharField(max_length=64, unique=True, null=True)
    request = models.OneToOneField(
        NamingRequest, on_delete=models.PROTECT, null=True, related_name="nomination"
    )
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    nominated_at = models.DateTimeField(db_default=Now())
    answer_by = models.DateTimeField(null=True)
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
                condition=Q(request=None, nominated_by__isnull=False)
                | Q(request__isnull=False, nominated_by=None),
                name="nomination_by_office_or_body",
            ),
            models.CheckConstraint(
                condition=Q(has_conflict=False, conflict="")
                | (Q(has_conflict=True) & ~Q(conflict="")),
                name="nomination_conflict_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} to {self.person_id}"

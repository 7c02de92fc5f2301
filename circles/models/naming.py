"""A body is asked to name somebody for a sector or expert seat; it answers by the link."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.circle import Seat


class NamingRequest(models.Model):
    """`previous` is the request whose person said no; only digests of the links are stored."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for a name")
        NAMED = "named", _("somebody was named")
        DECLINED = "declined", _("the body names nobody")
        EXPIRED = "expired", _("nobody was named in time")
        WITHDRAWN = "withdrawn", _("withdrawn by the office")

    TRANSITIONS = {
        State.OPEN: {State.NAMED, State.DECLINED, State.EXPIRED, State.WITHDRAWN},
        State.NAMED: set[str](),
        State.DECLINED: set[str](),
        State.EXPIRED: set[str](),
        State.WITHDRAWN: set[str](),
    }

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="naming_requests")
    body = models.CharField(max_length=200)
    contact_name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=2, default="de")
    note = models.TextField(max_length=1000, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    reminder_digest = models.CharField(max_length=64, unique=True, null=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(db_default=Now())
    name_by = models.DateTimeField()
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="following"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state="open"), name="naming_one_open_per_seat"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="naming_answer_has_time",
            ),
            models.CheckConstraint(
                condition=Q(name_by__gt=models.F("requested_at")), name="naming_by_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} by {self.body}"

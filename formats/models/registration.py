"""Registering for an event without an account: a place, the waiting list, and what followed.

How many places there are is kept by the database: a trigger counts under the event's lock.
"""

from __future__ import annotations

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from formats.models.event import Event
from foundation.documents.models import StoredFile
from partnerships.models import Encounter


def new_handle() -> str:
    """The name of a registration in signed links: 32 hex characters, never its number."""
    return secrets.token_hex(16)


class Registration(models.Model):
    """One person at one event; confirmed and offered ones hold a place."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("waits for the code")
        CONFIRMED = "confirmed", _("registered")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("place offered")
        CANCELLED = "cancelled", _("cancelled")
        LAPSED = "lapsed", _("lapsed")

    TRANSITIONS = {
        State.UNCONFIRMED: {State.CONFIRMED, State.WAITING, State.LAPSED},
        State.WAITING: {State.OFFERED, State.CANCELLED, State.LAPSED},
        State.OFFERED: {State.CONFIRMED, State.CANCELLED, State.LAPSED},
        State.CONFIRMED: {State.CANCELLED},
        State.CANCELLED: set[str](),
        State.LAPSED: set[str](),
    }
    HOLDING = (State.CONFIRMED, State.OFFERED)
    LIVE = (State.CONFIRMED, State.OFFERED, State.WAITING)

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    handle = models.CharField(max_length=32, unique=True, default=new_handle)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    # Seen by the office only, forgotten first.
    support = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=2, default="de")
    presence = models.CharField(max_length=8, choices=Encounter.Setting.choices, blank=True)
    # Optional, each by itself; the moment is the proof.
    listed_since = models.DateTimeField(null=True, blank=True)
    photos_since = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(null=True, blank=True)
    # That somebody answered, never when: the moment would lead to the answer.
    gave_feedback = models.BooleanField(default=False)
    certificate = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=Q(state__in=["confirmed", "offered", "waiting"], erased_at=None),
                name="registration_once",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="registration_email_low"
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(answer_by__isnull=False),
                name="registration_offer_has_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "offered", "waiting"])
                | Q(confirmed_at__isnull=False),
                name="registration_live_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(email="", name="", organisation="", support="", code_digest="",
                    certificate=None),
                name="registration_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False) | ~Q(email=""), name="registration_reachable"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["event", "state", "confirmed_at"], name="registration_line")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.state}"


class Feedback(models.Model):
    """What somebody thought of an event; nothing here says who, not even the order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="feedback")
    rating = models.PositiveSmallIntegerField()
    took_along = models.CharField(max_length=2000, blank=True)
    wished = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=5), name="feedback_from_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.rating}"

"""After the draw: seats offered to people in the order of the lot, and what happened to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circles.models.application import Application
from circles.models.circle import Seat
from circles.models.draw import Draw


class Offer(models.Model):
    """A seat offered to one drawn person, to be answered by a date."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", pgettext_lazy("a drawn place", "declined")
        EXPIRED = "expired", _("not answered in time")
        RETURNED = "returned", _("accepted, later given back")
        VOID = "void", _("void: the draw was annulled")

    TRANSITIONS = {
        State.OPEN: {State.ACCEPTED, State.DECLINED, State.EXPIRED, State.VOID},
        State.ACCEPTED: {State.RETURNED, State.VOID},
        # Back by an objection within 48 hours (Departure).
        State.DECLINED: {State.OPEN},
        State.EXPIRED: {State.OPEN},
        State.RETURNED: set[str](),
        # Only once two people have annulled the draw (DrawMotion).
        State.VOID: set[str](),
    }

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="offers")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="offers")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    place = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    token_digest = models.CharField(max_length=64, unique=True)
    reminder_digest = models.CharField(max_length=64, unique=True, null=True)
    offered_at = models.DateTimeField(db_default=Now())
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # Staff who noted the yes of somebody on paper; a no has it on its departure.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_by=None) | Q(state__in=["accepted", "returned", "void"]),
                name="offer_entered_was_accepted",
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state="open"), name="offer_one_open_per_seat"
            ),
            models.UniqueConstraint(fields=["draw", "application"], name="offer_once_per_person"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="offer_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} to {self.application_id}"


class DrawEvent(models.Model):
    """A line of events.txt: what happened to a ticket after the draw. Append-only."""

    class Kind(models.TextChoices):
        WITHDRAW = "withdraw"
        DECLINE = "decline"
        EXPIRED = "expired"
        INELIGIBLE = "ineligible"
        ERASED = "erased"
        REINSTATED = "reinstated"

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="events")
    n = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=12, choices=Kind.choices)
    ticket = models.CharField(max_length=40)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["n"]
        constraints = [models.UniqueConstraint(fields=["draw", "n"], name="draw_event_once")]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.n} {self.kind}"

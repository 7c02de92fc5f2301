"""A drawn person declined or was silent: two of the staff look before the seat passes on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circles.models.offer import Offer


class Departure(models.Model):
    """The way of one offer from a no to the next person, or back (lottery-los1, section 9).

    Until `object_until` the person can object. `told_by` asked them over a second channel,
    `closed_by` is another person who lets the seat pass on.
    """

    class Kind(models.TextChoices):
        DECLINE = "decline", pgettext_lazy("a drawn place", "declined")
        EXPIRED = "expired", _("not answered in time")
        WITHDRAW = "withdraw", _("seat given back, noted by the office")

    class Channel(models.TextChoices):
        PHONE = "phone", _("by telephone")
        LETTER = "letter", _("by letter")
        IN_PERSON = "in_person", _("in person")
        MAIL = "mail", _("by a further e-mail, no other way is known")

    class State(models.TextChoices):
        OPEN = "open", _("may still object")
        CONFIRMED = "confirmed", _("the seat passed on")
        OBJECTED = "objected", _("the person objected, the offer stands again")
        OVERTAKEN = "overtaken", _("withdrawn altogether meanwhile")

    TRANSITIONS = {
        State.OPEN: {State.CONFIRMED, State.OBJECTED, State.OVERTAKEN},
        State.CONFIRMED: set[str](),
        State.OBJECTED: set[str](),
        State.OVERTAKEN: set[str](),
    }

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="departures")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    began_at = models.DateTimeField()
    object_until = models.DateTimeField()
    # Staff who noted the no for somebody without an address; nobody where the person did it.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    told_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer"], condition=Q(state="open"), name="departure_one_open"
            ),
            models.CheckConstraint(
                condition=Q(told_by=None, told_at=None, channel="")
                | Q(told_by__isnull=False, told_at__isnull=False) & ~Q(channel=""),
                name="departure_told_by_a_channel",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(told_by__isnull=False, closed_by__isnull=False)
                & ~Q(closed_by=F("told_by"))
                & (Q(entered_by=None) | ~Q(closed_by=F("entered_by")))
                & Q(closed_at__gte=F("object_until")),
                name="departure_by_two_people_in_time",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="departure_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.kind}"

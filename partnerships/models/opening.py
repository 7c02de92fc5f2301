"""A first contact that may become a partnership: from an event, a visit, a mail."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from partnerships.models.municipality import Municipality
from partnerships.models.partnership import Partnership


class Opening(models.Model):
    """`origin` says where the contact came from; `subject` is the generic key of an event."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        TAKEN_UP = "taken_up", _("became a partnership")
        DROPPED = "dropped", _("not pursued")

    TRANSITIONS = {
        State.OPEN: {State.TAKEN_UP, State.DROPPED},
        State.TAKEN_UP: set[str](),
        State.DROPPED: {State.OPEN},
    }

    home = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="openings")
    origin = models.CharField(max_length=300)
    note = models.TextField(max_length=4000, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    subject_type = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    partnership = models.OneToOneField(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="opening"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(home=models.F("other")), name="opening_two_cities"
            ),
            models.CheckConstraint(
                condition=models.Q(state="taken_up", partnership__isnull=False)
                | ~models.Q(state="taken_up") & models.Q(partnership=None),
                name="opening_taken_up_has_partnership",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dropped") | ~models.Q(reason=""),
                name="opening_dropped_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home} – {self.other}"

"""Who may add the next revision: one party at a time holds the PDF for a signature of its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partnerships.models.signatory import Signatory
from partnerships.models.version import AgreementVersion, Edition


class Reservation(models.Model):
    """`edition` is the file that was handed out to be signed; what comes back begins with it."""

    class State(models.TextChoices):
        HELD = "held", _("reserved")
        USED = "used", _("signed and uploaded")
        RELEASED = "released", _("given back")
        LAPSED = "lapsed", _("time is over")

    TRANSITIONS = {
        State.HELD: {State.USED, State.RELEASED, State.LAPSED},
        State.USED: set[str](),
        State.RELEASED: set[str](),
        State.LAPSED: set[str](),
    }

    version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="reservations"
    )
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="reservations")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reservations")
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)
    reserved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reserved_at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            # Two revisions over the same file could never both count.
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(state="held"),
                name="reservation_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.signatory_id} {self.state}"

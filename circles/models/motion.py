"""What two people may do about a closed pool or a draw: withdraw it, or bring a ticket back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.application import Application
from circles.models.draw import Draw


class DrawMotion(models.Model):
    """Proposed by one person, carried by another; its reason is public.

    `application` is the rejected one whose ticket comes back; a withdrawal has none.
    """

    class Kind(models.TextChoices):
        WITHDRAW = "withdraw", _("withdraw the closed pool")
        REINSTATE = "reinstate", _("bring a ticket back")

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="motions")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="motions"
    )
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(db_default=Now())
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    carried_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draw"],
                condition=Q(carried_at=None, taken_back_at=None),
                name="motion_one_open",
            ),
            models.CheckConstraint(
                condition=Q(kind="withdraw", application=None)
                | Q(kind="reinstate", application__isnull=False),
                name="motion_about_a_ticket_or_the_pool",
            ),
            models.CheckConstraint(
                condition=Q(carried_by=None, carried_at=None)
                | (
                    Q(carried_by__isnull=False, carried_at__isnull=False, taken_back_at=None)
                    & ~Q(carried_by=F("proposed_by"))
                ),
                name="motion_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.kind}"

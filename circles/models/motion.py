"""What two people may do about a pool or a draw: withdraw it, annul it, bring a ticket back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.application import Application
from circles.models.draw import Draw


class MotionQuerySet(models.QuerySet["DrawMotion"]):
    def annulments(self) -> MotionQuerySet:
        """Those by which two people marked a draw as annulled."""
        return self.filter(kind="annul", carried_at__isnull=False)


class DrawMotion(models.Model):
    """Proposed by one person, carried by another; its reason is public.

    `application` is the rejected one whose ticket comes back. A draw is annulled because an
    `authority` decided so, under its `file_reference`; both are public too.
    """

    class Kind(models.TextChoices):
        WITHDRAW = "withdraw", _("withdraw the closed pool")
        REINSTATE = "reinstate", _("bring a ticket back")
        ANNUL = "annul", _("annul the draw")

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="motions")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="motions"
    )
    reason = models.CharField(max_length=500)
    authority = models.CharField(max_length=200, blank=True)
    file_reference = models.CharField(max_length=100, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(db_default=Now())
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    carried_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = MotionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draw"],
                condition=Q(carried_at=None, taken_back_at=None),
                name="motion_one_open",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["withdraw", "annul"], application=None)
                | Q(kind="reinstate", application__isnull=False),
                name="motion_about_a_ticket_or_the_pool",
            ),
            models.CheckConstraint(
                condition=Q(kind="annul") & ~Q(authority="") & ~Q(file_reference="")
                | ~Q(kind="annul") & Q(authority="", file_reference=""),
                name="motion_annuls_by_an_authority",
            ),
            models.UniqueConstraint(
                fields=["draw"],
                condition=Q(kind="annul", carried_at__isnull=False),
                name="motion_annuls_once",
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

"""People who bring others together for a partnership, and whom they introduced to whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField
from partnerships.models.actor import Actor
from partnerships.models.partnership import Partnership, Party


class Ambassador(models.Model):
    """The role comes first; the name is shown only while `name_is_public`."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="ambassadors"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ambassadors")
    role = LocalizedTextField()
    person_name = models.CharField(max_length=200, blank=True)
    name_is_public = models.BooleanField(default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ambassadorships",
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["party__position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(role={}), name="ambassador_has_role"),
            models.UniqueConstraint(
                fields=["partnership", "user"],
                condition=models.Q(user__isnull=False, ended_on=None),
                name="ambassador_user_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.role)


class Introduction(models.Model):
    """Two actors who met through an ambassador; not public, append-only."""

    ambassador = models.ForeignKey(
        Ambassador, on_delete=models.PROTECT, related_name="introductions"
    )
    first = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    logged_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("contact made")
        verbose_name_plural = _("contacts made")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(first=models.F("second")), name="introduction_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"

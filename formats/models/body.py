"""A standing body such as the D.I.V., and the people who sit in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedText, LocalizedTextField


class Body(models.Model):
    """A body that meets between `sessions_min` and `sessions_max` times in a calendar year."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    purpose = LocalizedTextField(default=LocalizedText)
    advises = models.CharField(max_length=200, blank=True)
    sessions_min = models.PositiveSmallIntegerField(default=2)
    sessions_max = models.PositiveSmallIntegerField(default=4)
    notice_days = models.PositiveSmallIntegerField(default=14)
    time_zone = models.CharField(max_length=64, default="Europe/Berlin")

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sessions_min__lte=models.F("sessions_max")),
                name="body_sessions_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in a body; one member, one vote."""

    class Group(models.TextChoices):
        DEPARTMENT = "department", _("Specialist departments")
        ADVISORY_BOARD = "advisory_board", _("Advisory boards")
        OTHER = "other", _("Further actors of the urban society")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="memberships"
    )
    group = models.CharField(max_length=16, choices=Group.choices)
    on_behalf_of = models.CharField(max_length=200)
    is_chair = models.BooleanField(default=False)
    has_vote = models.BooleanField(default=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["body", "user"],
                condition=models.Q(ends_on=None),
                name="membership_once",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=models.Q(is_chair=True, ends_on=None),
                name="membership_one_chair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.group}"

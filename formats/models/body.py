"""A standing body such as the D.I.V., and the people who sit in it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedText, LocalizedTextField


class Body(models.Model):
    """A body that meets between `sessions_min` and `sessions_max` times in a calendar year."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    # Begins the numbers of its sessions and resolutions: DIV-2026-03/05.
    short_name = models.CharField(max_length=20)
    purpose = LocalizedTextField(default=LocalizedText)
    advises = models.CharField(max_length=200, blank=True)
    # What a private body does is seen by its members and the office only.
    is_public = models.BooleanField(default=True)
    sessions_min = models.PositiveSmallIntegerField(default=2)
    sessions_max = models.PositiveSmallIntegerField(default=4, null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(default=14)
    # More than this share of the votes must be present before anything is decided.
    quorum_percent = models.PositiveSmallIntegerField(default=50)
    time_zone = models.CharField(max_length=64, default="Europe/Berlin")
    # Where its sessions have their pages when an upper app shows them; a path of this portal.
    leads_to = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.UniqueConstraint(fields=["short_name"], name="body_short_name_once"),
            models.CheckConstraint(
                condition=models.Q(sessions_min__lte=models.F("sessions_max")),
                name="body_sessions_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(quorum_percent__lt=100), name="body_quorum_can_be_reached"
            ),
            models.CheckConstraint(
                condition=models.Q(leads_to="") | models.Q(leads_to__regex=r"^/[^/\\].*/$"),
                name="body_leads_nowhere_else",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def _in_force(day: dt.date, of: str = "") -> models.Q:
    begun = models.Q(**{f"{of}starts_on__lte": day})
    for end in (f"{of}ends_on", f"{of}term_ends_on"):
        begun &= models.Q(**{end: None}) | models.Q(**{f"{end}__gte": day})
    return begun


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: dt.date) -> MembershipQuerySet:
        """Memberships that are in force on `day`: begun, not ended, the term not over.

        A deputy's is no longer than that of the member they stand in for.
        """
        of_member = models.Q(deputises=None) | _in_force(day, "deputises__")
        return self.filter(_in_force(day), of_member)

    def in_touch(self, day: dt.date) -> MembershipQuerySet:
        """Whom mails about a session on `day` go to; whoever has left gets none, also that day."""
        return self.on(day).filter(ends_on=None).exclude(user=None)

    def with_vote(self) -> MembershipQuerySet:
        """One row for each vote of the body; deputies vote for the member they stand in for."""
        return self.filter(has_vote=True, deputises=None)


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
    # Empty where the body knows no groups.
    group = models.CharField(max_length=16, choices=Group.choices, blank=True)
    on_behalf_of = models.CharField(max_length=200)
    is_chair = models.BooleanField(default=False)
    is_deputy_chair = models.BooleanField(default=False)
    has_vote = models.BooleanField(default=True)
    # Stands in for this member, with that member's vote, while that member is away.
    deputises = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="deputies"
    )
    starts_on = models.DateField()
    term_ends_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(term_ends_on=None)
                | models.Q(term_ends_on__gte=models.F("starts_on")),
                name="membership_term_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(group__in=["", "department", "advisory_board", "other"]),
                name="membership_group_known",
            ),
            models.CheckConstraint(
                condition=models.Q(is_chair=False)
                | models.Q(is_deputy_chair=False, deputises=None),
                name="membership_chair_is_one_thing",
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
            # A deputy's row points at (id, body), so nobody stands in for another body's member.
            models.UniqueConstraint(fields=["id", "body"], name="membership_body_key"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.group}"

    @property
    def seat_id(self) -> int:
        """The membership whose vote this person gives: their own, or the one they stand in for."""
        return self.deputises_id or self.pk

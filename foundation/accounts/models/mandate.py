"""A role on one object for a term: the only source of rights in the portal."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody may be; `EVERYWHERE` mandates carry the empty subject."""

    OFFICE = "office", _("Office")
    LOTTERY_OFFICER = "lottery_officer", _("Lottery officer")
    REVIEWER = "reviewer", _("Reviewer")
    PARTNER = "partner", _("Partner of a city")
    PROJECT_TEAM = "project_team", _("Project team")
    SIGNATORY = "signatory", _("Signatory")
    DIV_MEMBER = "div_member", _("Member of the D.I.V.")
    CHAIR = "chair", _("Chair")
    CIRCLE_MEMBER = "circle_member", _("Member of a circle")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


# Every other role stays without effect until its holder has enrolled a second factor.
ROLES_WITHOUT_SECOND_FACTOR = frozenset(
    {Role.PARTNER, Role.PROJECT_TEAM, Role.DIV_MEMBER, Role.CIRCLE_MEMBER}
)
ROLES_WITH_SECOND_FACTOR = frozenset(Role) - ROLES_WITHOUT_SECOND_FACTOR


def last_day_of(ends_at: dt.datetime | None) -> dt.date | None:
    """The last whole day of a term, in the city's time zone: terms end with its midnight."""
    if ends_at is None:
        return None
    just_before = ends_at - dt.timedelta(microseconds=1)
    return timezone.localtime(just_before, timezone.get_default_timezone()).date()


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self) -> MandateQuerySet:
        """Mandates whose term covers this moment and that nobody revoked."""
        return self.filter(
            models.Q(ends_at=None) | models.Q(ends_at__gt=Now()),
            starts_at__lte=Now(),
            revoked_at=None,
        )

    def covering(self, day: dt.date) -> MandateQuerySet:
        """Mandates whose term covers some of `day` in the city's time zone, ended since or not."""
        zone = timezone.get_default_timezone()
        begins = dt.datetime.combine(day, dt.time(), tzinfo=zone)
        is_over = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=zone)
        return self.filter(
            models.Q(ends_at=None) | models.Q(ends_at__gt=begins),
            models.Q(revoked_at=None) | models.Q(revoked_at__gt=begins),
            starts_at__lt=is_over,
        )


class Mandate(models.Model):
    """`user` is `role` on the subject ("partnerships.municipality", "3"); empty: everywhere."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    subject_type = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    starts_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField(null=True, blank=True)
    deputy_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    function = models.CharField(max_length=200, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "subject_type", "subject_id"],
                condition=models.Q(revoked_at=None),
                name="mandate_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="mandate_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(subject_type="", subject_id="")
                | (~models.Q(subject_type="") & ~models.Q(subject_id="")),
                name="mandate_subject_whole",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="mandate_subject")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.subject_type} {self.subject_id}".strip()

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which the role counts; None for a role without an end."""
        return last_day_of(self.ends_at)

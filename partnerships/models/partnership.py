"""An innovation partnership: cities and regions that learn, develop and act together.

It walks through nine phases; a gate in words stands before each next one.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.languages import LocalizedTextField
from partnerships.models.municipality import Municipality

# They read all partnerships, or the one that their mandate is for.
READERS = (Role.OFFICE, Role.AUDITOR)


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: User | AnonymousUser) -> PartnershipQuerySet:
        """Published ones for everybody; all for office and auditors; their own for partners."""
        working = self._working(user)
        if working is None:
            return self.all()
        return self.filter(models.Q(published_at__isnull=False) | working).distinct()

    def working_for(self, user: User | AnonymousUser) -> PartnershipQuerySet:
        """Those whose unpublished parts `user` may see: office, auditors, partners, signatories."""
        working = self._working(user)
        return self.all() if working is None else self.filter(working).distinct()

    def of_partner(self, user: User | AnonymousUser) -> PartnershipQuerySet:
        """Those in which `user` is a partner or signatory of one of the cities."""
        return self.filter(self._own(user)).distinct()

    def _working(self, user: User | AnonymousUser) -> models.Q | None:
        """What `user` works for; None means everything."""
        if any(mandates.holds(user, role) for role in READERS):
            return None
        seen = self._own(user)
        for role in (*READERS, Role.PROJECT_TEAM):
            if read := mandates.subjects_of(user, role, Partnership):
                seen |= models.Q(pk__in=read)
        return seen

    def _own(self, user: User | AnonymousUser) -> models.Q:
        cities = mandates.subjects_of(user, Role.PARTNER, Municipality)
        parties = mandates.subjects_of(user, Role.SIGNATORY, Party)
        own = models.Q(pk__in=[])
        if cities:
            own |= models.Q(parties__municipality_id__in=cities)
        if parties:
            own |= models.Q(parties__in=parties)
        return own


class Partnership(models.Model):
    """Nothing is fixed to one pair of cities; `is_pilot` marks the one to try the process with."""

    class Phase(models.TextChoices):
        ANALYSIS = "analysis", _("Analysis")
        CONTACT = "contact", _("Contact")
        TOPICS = "topics", _("Finding topics")
        TARGET_PICTURE = "target_picture", _("Target picture")
        AGREEMENT = "agreement", _("Agreement")
        ACTION_PLAN = "action_plan", _("Action plan")
        IMPLEMENTATION = "implementation", _("Implementation")
        MONITORING = "monitoring", _("Monitoring")
        EVALUATION = "evaluation", _("Evaluation")

    TRANSITIONS = {
        Phase.ANALYSIS: {Phase.CONTACT},
        Phase.CONTACT: {Phase.TOPICS},
        Phase.TOPICS: {Phase.TARGET_PICTURE},
        Phase.TARGET_PICTURE: {Phase.AGREEMENT},
        Phase.AGREEMENT: {Phase.ACTION_PLAN},
        Phase.ACTION_PLAN: {Phase.IMPLEMENTATION},
        Phase.IMPLEMENTATION: {Phase.MONITORING},
        Phase.MONITORING: {Phase.EVALUATION},
        # Renewal with the same aims, or back to the table for new ones.
        Phase.EVALUATION: {Phase.IMPLEMENTATION, Phase.AGREEMENT},
    }

    class Relation(models.TextChoices):
        INNOVATION = "innovation", _("Innovation partnership")
        PROJECT = "project", _("Project partnership")
        TWINNING = "twinning", _("Town twinning")
        CONTACT = "contact", _("Contact")

    class Formality(models.TextChoices):
        NONE = "none", _("No formal basis")
        NOTED = "noted", _("Noted in minutes or letters")
        LETTER_OF_INTENT = "letter_of_intent", _("Letter of intent")
        CONTRACT = "contract", _("Contract")

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    phase = models.CharField(max_length=20, choices=Phase.choices, default=Phase.ANALYSIS)
    relation = models.CharField(
        max_length=12, choices=Relation.choices, default=Relation.INNOVATION
    )
    formality = models.CharField(max_length=20, choices=Formality.choices, default=Formality.NONE)
    is_pilot = models.BooleanField(default=False)
    is_fictional = models.BooleanField(default=False)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    lead = LocalizedTextField()
    choice_reason = LocalizedTextField()
    # Why nobody else was looked at; without it the analysis compares at least two candidates.
    single_reason = LocalizedTextField()
    target_picture = LocalizedTextField()
    published_at = models.DateTimeField(null=True, blank=True)
    # While one of these is set nothing new begins (triggers); the phase stays where it was.
    suspended_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[PartnershipQuerySet] = PartnershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="partnership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(suspended_at=None) | models.Q(ended_at=None),
                name="partnership_suspended_or_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing new may begin: suspended or ended."""
        return self.suspended_at is not None or self.ended_at is not None


class Party(models.Model):
    """One city or region in one partnership; `position` decides which side of the page."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="parties")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["partnership_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "municipality"], name="party_once"),
            models.UniqueConstraint(fields=["partnership", "position"], name="party_position_once"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1), name="party_position_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)

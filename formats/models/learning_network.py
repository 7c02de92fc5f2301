"""A learning network of organisations and its cohorts: years that run, and years that are told.

Nobody is asked how innovative an organisation is: there is no such field, so nothing can filter.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from formats.models.forum import Forum
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.languages import LocalizedText, LocalizedTextField
from partnerships.models import Actor


class LearningNetworkQuerySet(models.QuerySet["LearningNetwork"]):
    def visible_to(self, user: mandates.Actor) -> LearningNetworkQuerySet:
        """Published ones for everybody, drafts for the office."""
        if mandates.holds(user, Role.OFFICE):
            return self
        return self.filter(published_at__isnull=False)


class LearningNetwork(models.Model):
    """Such as innOpeers; `forum` is the umbrella that may hold several networks."""

    slug = models.SlugField(max_length=60, unique=True)
    name = LocalizedTextField(default=LocalizedText)
    claim = LocalizedTextField(default=LocalizedText)
    purpose = LocalizedTextField(default=LocalizedText)
    # One goal a line; the same for the rules that everybody accepts who joins.
    goals = LocalizedTextField(default=LocalizedText)
    rules = LocalizedTextField(default=LocalizedText)
    host = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="learning_networks")
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="networks"
    )
    is_demo = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = LearningNetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning network")
        verbose_name_plural = _("learning networks")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(name={}), name="learning_network_has_name"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, user: mandates.Actor) -> CohortQuerySet:
        """Those of published networks; what is being planned is the office's."""
        if mandates.holds(user, Role.OFFICE):
            return self
        known = self.filter(network__published_at__isnull=False)
        return known.exclude(state=Cohort.State.PLANNED)


class Cohort(models.Model):
    """One year of a network. `participants_told` counts people of whom the portal knows no more."""

    class State(models.TextChoices):
        PLANNED = "planned", _("in preparation")
        RUNNING = "running", _("running")
        ARCHIVED = "archived", _("archived")

    TRANSITIONS = {
        State.PLANNED: {State.RUNNING},
        State.RUNNING: {State.ARCHIVED},
        State.ARCHIVED: set[str](),
    }

    network = models.ForeignKey(LearningNetwork, on_delete=models.PROTECT, related_name="cohorts")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    title = LocalizedTextField(default=LocalizedText)
    summary = LocalizedTextField(default=LocalizedText)
    source = LocalizedTextField(default=LocalizedText)
    participants_told = models.PositiveSmallIntegerField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["network_id", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["network", "year"], name="cohort_once_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100), name="cohort_year_is_one"
            ),
            models.CheckConstraint(
                condition=Q(state="planned") | Q(started_at__isnull=False),
                name="cohort_begun_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="archived", archived_at__gte=F("started_at"))
                | (~Q(state="archived") & Q(archived_at=None)),
                name="cohort_archived_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.year}"

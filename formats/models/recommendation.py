"""What a cohort learnt, said to politics: what should change, whom it is said to, the answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from formats.models.learning_network import Cohort
from formats.models.learning_session import LearningSession
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.languages import LocalizedText, LocalizedTextField


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, user: mandates.Actor) -> RecommendationQuerySet:
        """Published ones of published networks; drafts for the office."""
        if mandates.holds(user, Role.OFFICE):
            return self
        known = self.filter(cohort__network__published_at__isnull=False)
        return known.exclude(state=Recommendation.State.DRAFT)


class Recommendation(models.Model):
    """A policy recommendation; `number` counts within its network."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        ANSWERED = "answered", _("answered")

    TRANSITIONS = {
        State.DRAFT: {State.PUBLISHED},
        State.PUBLISHED: {State.ANSWERED},
        State.ANSWERED: set[str](),
    }

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    # The same number for all cohorts of the network; the constraint needs it here.
    network = models.ForeignKey(
        "formats.LearningNetwork", on_delete=models.PROTECT, related_name="recommendations"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = LocalizedTextField(default=LocalizedText)
    first = LocalizedTextField(default=LocalizedText)
    second = LocalizedTextField(default=LocalizedText)
    third = LocalizedTextField(default=LocalizedText)
    addressee = LocalizedTextField(default=LocalizedText)
    # The framework condition that is to change, and what exactly is asked for.
    condition = LocalizedTextField(default=LocalizedText)
    demand = LocalizedTextField(default=LocalizedText)
    sessions = models.ManyToManyField(LearningSession, related_name="recommendations")
    published_at = models.DateTimeField(null=True, blank=True)
    answer = LocalizedTextField(default=LocalizedText)
    answered_on = models.DateField(null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["network_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="recommendation_once"),
            models.CheckConstraint(
                condition=~Q(title={}) & ~Q(first={}) & ~Q(second={}) & ~Q(third={})
                & ~Q(addressee={}) & ~Q(demand={}),
                name="recommendation_says_everything",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | (~Q(state="draft") & Q(published_at__isnull=False)),
                name="recommendation_published_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_on__isnull=False) & ~Q(answer={})
                | ~Q(state="answered") & Q(answered_on=None, answer={}),
                name="recommendation_answered_has_answer",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.title)

    @property
    def bullets(self) -> tuple[LocalizedText, LocalizedText, LocalizedText]:
        """The summary, in exactly three points."""
        return self.first, self.second, self.third

"""Looking for a partner: a home city compares candidates by criteria, each score with a reason.

Never public: it prepares a decision and is no league table of cities.
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
from partnerships.models.partnership import Partnership

BEST = 5
# So many candidates make a comparison.
ENOUGH = 2


class AnalysisQuerySet(models.QuerySet["Analysis"]):
    def visible_to(self, user: User | AnonymousUser) -> AnalysisQuerySet:
        """All for the office, those of their own city for partners, none for others."""
        if mandates.holds(user, Role.OFFICE):
            return self.all()
        return self.filter(home__in=mandates.subjects_of(user, Role.PARTNER, Municipality))


class Analysis(models.Model):
    """`uses_weights` is off unless somebody wants it; decided means a candidate and a reason."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DECIDED = "decided", _("decided")

    TRANSITIONS = {
        State.OPEN: {State.DECIDED},
        State.DECIDED: {State.OPEN},
    }

    slug = models.SlugField(max_length=80, unique=True)
    home = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="analyses")
    title = models.CharField(max_length=200)
    question = models.TextField(max_length=2000, blank=True)
    uses_weights = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    chosen = models.ForeignKey(
        "Candidate", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_reason = LocalizedTextField()
    single_reason = LocalizedTextField()
    decided_on = models.DateField(null=True, blank=True)
    partnership = models.OneToOneField(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="analysis"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects: ClassVar[AnalysisQuerySet] = AnalysisQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "pk"]
        verbose_name_plural = "analyses"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", decided_on=None, chosen=None, partnership=None)
                | models.Q(state="decided", decided_on__isnull=False, chosen__isnull=False)
                & ~models.Q(decision_reason={}),
                name="analysis_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def fully_scored(self) -> int:
        """How many candidates are scored by every criterion."""
        wanted = self.criteria.count()
        counted = self.candidates.annotate(scored=models.Count("scores"))
        return counted.filter(scored=wanted).count() if wanted else 0


class AnalysisCriterion(models.Model):
    """`anchors` are six sentences per language, what 0 to 5 points mean: {"de": [...], ...}."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = LocalizedTextField()
    anchors = models.JSONField(default=dict)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["analysis", "position"], name="analysis_criterion_position_once"
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=5), name="analysis_weight_1_to_5"
            ),
            models.CheckConstraint(
                condition=~models.Q(name={}), name="analysis_criterion_has_name"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def anchors_in(self, language: str) -> list[str]:
        """Six sentences in `language`, else in the first language that has them."""
        return self.anchors.get(language) or next(iter(self.anchors.values()), [""] * (BEST + 1))


class Candidate(models.Model):
    """A city or region that is looked at; several stay on the list until the decision."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="candidates")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="candidacies"
    )

    class Meta:
        ordering = ["municipality__sort_de", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "municipality"], name="candidate_once"),
        ]

    def __str__(self) -> str:
        return str(self.municipality)


class Score(models.Model):
    """0 to 5 points for one candidate by one criterion; without a reason there is no score."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(
        AnalysisCriterion, on_delete=models.PROTECT, related_name="scores"
    )
    points = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "criterion"], name="score_once"),
            models.CheckConstraint(condition=models.Q(points__lte=BEST), name="score_0_to_5"),
            models.CheckConstraint(
                condition=~models.Q(reason__regex=r"^\s*$"), name="score_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.criterion_id}: {self.points}"


class Ranking(models.Model):
    """How the candidates stood on a day: provisional, signed by who noted it, kept for ever.

    `rows` are [{"city", "place", "mean", "scored", "of"}] in the order of that day.
    """

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="rankings")
    rows = models.JSONField()
    uses_weights = models.BooleanField()
    remark = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.analysis_id} {self.at}"

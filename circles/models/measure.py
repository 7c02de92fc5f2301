"""What a result asks to be done, and how each of these measures is used further."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.result import Result
from foundation.languages import LocalizedText, LocalizedTextField


class MeasureQuerySet(models.QuerySet["Measure"]):
    def late(self, today: dt.date) -> MeasureQuerySet:
        """Of published results, under way still although their day is over."""
        published = self.filter(result__state=Result.State.PUBLISHED, due_on__lt=today)
        return published.filter(state__in=Measure.UNDER_WAY)


class Measure(models.Model):
    """One measure of a result; `responsible` is an office or a function, never a person.

    Its state is the statement on its further use; without one a result is not published.
    """

    class State(models.TextChoices):
        UNSAID = "unsaid", _("not said yet")
        ADOPTED = "adopted", _("adopted as is")
        PLANNED = "planned", _("planned")
        IN_PROGRESS = "in_progress", _("being done")
        DONE = "done", _("done")
        REJECTED = "rejected", _("not taken up")

    TRANSITIONS = {
        State.UNSAID: {
            State.ADOPTED,
            State.PLANNED,
            State.IN_PROGRESS,
            State.DONE,
            State.REJECTED,
        },
        State.ADOPTED: {State.PLANNED, State.IN_PROGRESS, State.DONE, State.REJECTED},
        State.PLANNED: {State.ADOPTED, State.IN_PROGRESS, State.DONE, State.REJECTED},
        State.IN_PROGRESS: {State.PLANNED, State.DONE, State.REJECTED},
        State.DONE: {State.IN_PROGRESS},
        State.REJECTED: {State.ADOPTED, State.PLANNED, State.IN_PROGRESS},
    }
    UNDER_WAY = (State.ADOPTED, State.PLANNED, State.IN_PROGRESS)

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="measures")
    n = models.PositiveSmallIntegerField()
    title = LocalizedTextField(default=LocalizedText)
    description = LocalizedTextField(default=LocalizedText)
    responsible = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNSAID)
    # Why it is not taken up, in words for everybody; empty in every other state.
    reason = LocalizedTextField(default=LocalizedText)
    added_at = models.DateTimeField(db_default=Now())

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["result", "n"]
        constraints = [
            models.UniqueConstraint(fields=["result", "n"], name="measure_number_once"),
            models.CheckConstraint(
                condition=~Q(title={}) & ~Q(responsible=""), name="measure_has_words"
            ),
            models.CheckConstraint(
                condition=(Q(state="rejected") & ~Q(reason={}))
                | (~Q(state="rejected") & Q(reason={})),
                name="measure_rejected_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} measure {self.n}"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY


class MeasureStep(models.Model):
    """What changed about a measure, and when: its state, its day, or only a word; append-only."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="steps")
    further_use = models.CharField(max_length=12, choices=Measure.State.choices)
    due_on = models.DateField()
    note = LocalizedTextField(default=LocalizedText)
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["measure", "pk"]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.further_use}"

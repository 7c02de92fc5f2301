"""What came out of a work order, and what becomes of it: published by the office, never the circle.

Two people: one prepares, another one publishes or says why not.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.decision import Decision
from formats.models import Event, WorkOrder
from foundation.accounts import mandates
from foundation.accounts.models import Role
from foundation.languages import LocalizedText, LocalizedTextField


class ResultQuerySet(models.QuerySet["Result"]):
    def visible_to(self, user: mandates.Actor) -> ResultQuerySet:
        """Published and withheld ones for everybody, the latter with the reason only.

        What is being prepared is for the office.
        """
        if mandates.holds(user, Role.OFFICE):
            return self
        return self.exclude(state=Result.State.PREPARED)

    def with_due(self) -> ResultQuerySet:
        """Each with `owed_on`: until when the office answers next; None when nothing is owed."""
        given = ResultAnswer.objects.filter(result=OuterRef("pk")).order_by("-n")
        return self.annotate(
            owed_on=Case(
                When(~Q(state=Result.State.PUBLISHED), then=Value(None)),
                When(Exists(given), then=Subquery(given.values("next_due_on")[:1])),
                default=F("answer_due_on"),
                output_field=models.DateField(),
            )
        )

    def owing(self, until: dt.date | None = None) -> ResultQuerySet:
        """Those that owe an answer, at all or by `until`; what is due first comes first."""
        owed = {"owed_on__isnull": False} if until is None else {"owed_on__lte": until}
        return self.with_due().filter(**owed).order_by(F("owed_on"), "pk")

    def overdue(self, today: dt.date) -> ResultQuerySet:
        """Published ones whose answer should have come before `today`."""
        return self.owing(today - dt.timedelta(days=1))


class Result(models.Model):
    """The result of one work order, of a circle or of the office; `decision` adopted it there.

    `summary` is in plain words, `text` is what the office adds; a circle's proposal itself is the
    version that its decision adopted. Until `answer_due_on` the office says what became of it.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("being prepared")
        PUBLISHED = "published", _("published")
        WITHHELD = "withheld", _("not published")

    TRANSITIONS = {
        State.PREPARED: {State.PUBLISHED, State.WITHHELD},
        State.PUBLISHED: set[str](),
        State.WITHHELD: {State.PREPARED},
    }

    work_order = models.OneToOneField(WorkOrder, on_delete=models.PROTECT, related_name="outcome")
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="outcome"
    )
    title = LocalizedTextField(default=LocalizedText)
    summary = LocalizedTextField(default=LocalizedText)
    text = LocalizedTextField(default=LocalizedText)
    # How it is published; the page is always one of the forms.
    with_paper = models.BooleanField(default=True)
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="results"
    )
    press_text = LocalizedTextField(default=LocalizedText)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField(db_default=Now())
    # What the second person wants changed before it is published; empty when nothing.
    sent_back = models.CharField(max_length=1000, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    withheld_reason = LocalizedTextField(default=LocalizedText)
    answer_due_on = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["-settled_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="prepared", settled_by=None, settled_at=None)
                | (
                    ~Q(state="prepared")
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                    & ~Q(settled_by=F("prepared_by"))
                ),
                name="result_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(answer_due_on__isnull=False),
                name="result_published_owes_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="withheld") | ~Q(withheld_reason={}),
                name="result_withheld_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(sent_back=""),
                name="result_published_is_not_sent_back",
            ),
            models.CheckConstraint(
                condition=~Q(title={}) & ~Q(summary={}), name="result_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"result of {self.work_order_id}"

    @property
    def is_public(self) -> bool:
        return self.state == self.State.PUBLISHED


class Finalisation(models.Model):
    """Which adopted decision a circle ended its work order with; append-only."""

    work_order = models.OneToOneField(
        WorkOrder, on_delete=models.PROTECT, related_name="finalisation"
    )
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="finalisation")
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.work_order_id} by {self.decision_id}"


class ResultAnswer(models.Model):
    """What the office said had become of a result, and when it says more; append-only.

    The last one of a result has no next day: nothing more follows.
    """

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="answers")
    n = models.PositiveSmallIntegerField()
    text = LocalizedTextField(default=LocalizedText)
    given_on = models.DateField()
    # Until when it was owed: late answers stay visible as such.
    owed_on = models.DateField()
    next_due_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["result", "n"]
        constraints = [
            models.UniqueConstraint(fields=["result", "n"], name="result_answer_once"),
            models.CheckConstraint(condition=~Q(text={}), name="result_answer_has_words"),
            models.CheckConstraint(
                condition=Q(next_due_on=None) | Q(next_due_on__gt=F("given_on")),
                name="result_answer_next_is_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} answer {self.n}"

    @property
    def is_final(self) -> bool:
        return self.next_due_on is None

    @property
    def was_late(self) -> bool:
        return self.given_on > self.owed_on

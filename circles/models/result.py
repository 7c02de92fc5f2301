"""What came out of a work order, and what becomes of it: published by the office, never the circle.

Two people: one prepares, another one publishes or says why not.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from circles.models.decision import Decision
from formats.models import WorkOrder
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
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField(db_default=Now())
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
        ]

    def __str__(self) -> str:
        return f"result of {self.work_order_id}"

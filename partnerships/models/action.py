"""A step that somebody promised: of the action plan, or as a follow-up of a meeting.

The function answers for it; the person behind it may change and is never shown to strangers.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.languages import LocalizedTextField
from partnerships.models.encounter import Encounter
from partnerships.models.goal import Goal
from partnerships.models.partnership import Partnership, Party
from partnerships.models.topic import Topic


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User | AnonymousUser) -> ActionQuerySet:
        """Public steps of visible partnerships; all of them for those who work for it."""
        seen = Partnership.objects.visible_to(user)
        own = Partnership.objects.working_for(user)
        return self.filter(partnership__in=seen.values("pk")).filter(
            models.Q(is_public=True) | models.Q(partnership__in=own.values("pk"))
        )

    def open(self) -> ActionQuerySet:
        """Still to be done."""
        return self.filter(state__in=[Action.State.NOT_STARTED, Action.State.ONGOING])

    def overdue(self, today: dt.date) -> ActionQuerySet:
        """Open, with a due date before `today`."""
        return self.open().filter(due_on__lt=today)

    def concrete(self) -> ActionQuerySet:
        """With owner, date and indicator, and not cancelled: what an action plan needs."""
        named = self.exclude(owner={}).exclude(indicator={})
        return named.filter(due_on__isnull=False).exclude(state=Action.State.CANCELLED)


class Action(models.Model):
    """`owner` is a function, `side` its city (empty: both); `encounter` is where it was agreed."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        ONGOING = "ongoing", _("ongoing")
        COMPLETED = "completed", _("completed")
        CANCELLED = "cancelled", _("cancelled")

    TRANSITIONS = {
        State.NOT_STARTED: {State.ONGOING, State.COMPLETED, State.CANCELLED},
        State.ONGOING: {State.COMPLETED, State.CANCELLED},
        State.COMPLETED: {State.ONGOING},
        State.CANCELLED: {State.ONGOING},
    }

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="actions")
    title = LocalizedTextField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.NOT_STARTED)
    side = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    owner = LocalizedTextField()
    person_name = models.CharField(max_length=200, blank=True)
    indicator = LocalizedTextField()
    due_on = models.DateField(null=True, blank=True)
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    encounter = models.ForeignKey(
        Encounter, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    is_public = models.BooleanField(default=False)
    reason = LocalizedTextField()
    completed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[ActionQuerySet] = ActionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(owner={}), name="action_has_owner"),
            models.CheckConstraint(
                condition=models.Q(state="completed", completed_on__isnull=False)
                | (~models.Q(state="completed") & models.Q(completed_on=None)),
                name="action_completed_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(reason={}),
                name="action_cancelled_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.NOT_STARTED, self.State.ONGOING}

    def is_overdue(self, today: dt.date) -> bool:
        """Open although its date has passed."""
        return self.is_open and self.due_on is not None and self.due_on < today

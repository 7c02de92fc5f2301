"""Setting goals, and measuring how far they are reached."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.models import Goal, Partnership, Party
from partnerships.standing import demand_active


class GoalWithoutUnit(DomainError):
    """A number was given, but nobody said of what."""


class DateBeforePredecessor(DomainError):
    """A date lies before the one that it follows."""


def set_goal(
    partnership: Partnership,
    *,
    title: LocalizedText,
    by: User | None,
    goal: Goal | None = None,
    strategy: LocalizedText | None = None,
    indicator: LocalizedText | None = None,
    unit: LocalizedText | None = None,
    baseline: Decimal | None = None,
    baseline_on: dt.date | None = None,
    target: Decimal | None = None,
    due_on: dt.date | None = None,
    lead: Party | None = None,
) -> Goal:
    """A new goal at the end of the list, or new words and numbers for `goal`.

    Raises GoalWithoutUnit, DateBeforePredecessor.
    """
    measured = goal is not None and goal.latest is not None
    if not unit and (target is not None or baseline is not None or measured):
        raise GoalWithoutUnit(
            "goal-without-unit",
            _("Say what the numbers count, for example “data sets” or “days”."),
        )
    if baseline_on and due_on and due_on <= baseline_on:
        raise DateBeforePredecessor(
            "due-before-baseline",
            _("The target date must be later than the date of the baseline."),
        )
    if partnership.starts_on and due_on and due_on < partnership.starts_on:
        raise DateBeforePredecessor(
            "due-before-start", _("The target date lies before the start of the partnership.")
        )
    values = {
        "title": title,
        "strategy": strategy or LocalizedText(),
        "indicator": indicator or LocalizedText(),
        "unit": unit or LocalizedText(),
        "baseline": baseline,
        "baseline_on": baseline_on,
        "target": target,
        "due_on": due_on,
        "lead": lead,
    }
    with transaction.atomic():
        if goal is None:
            demand_active(partnership)
            # Two people adding at once must not get the same place.
            Partnership.objects.select_for_update().get(pk=partnership.pk)
            last = partnership.goals.aggregate(last=Max("position"))["last"] or 0
            goal = Goal.objects.create(partnership=partnership, position=last + 1, **values)
        else:
            Goal.objects.filter(pk=goal.pk).update(**values)
            goal.refresh_from_db()
        trail.record("goal.set", goal, by=by, partnership=partnership.pk)
    return goal


def measure(goal: Goal, value: Decimal, *, on: dt.date, by: User | None) -> None:
    """Enter the latest value; raises GoalWithoutUnit or DateBeforePredecessor."""
    if not goal.unit:
        raise GoalWithoutUnit(
            "goal-without-unit", _("Give the goal a unit first, then enter what was measured.")
        )
    previous = goal.latest_on or goal.baseline_on
    if previous and on < previous:
        raise DateBeforePredecessor(
            "measured-before-previous",
            _("This value is older than the one that is already there."),
        )
    with transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(latest=value, latest_on=on)
        trail.record("goal.measured", goal, by=by)
    goal.latest, goal.latest_on = value, on

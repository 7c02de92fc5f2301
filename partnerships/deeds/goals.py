"""Setting goals, and measuring how far they are reached."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course.participation import demand_own_party
from partnerships.course.standing import demand_active
from partnerships.deeds import letters
from partnerships.models import Goal, Measurement, Partnership, Party


class GoalWithoutUnit(DomainError):
    """A number was given, but nobody said of what."""


class AlreadyCorrected(DomainError):
    """Another row stands in for this one; only a row that stands can be corrected."""


class ReviewOutOfRange(DomainError):
    """Between every month and every five years."""


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
    side: Party | None = None,
    review_months: int | None = None,
) -> Goal:
    """A new goal at the end of the list, or new words and numbers for `goal`.

    `side` is the city whose goal it is, None for both. Raises GoalWithoutUnit,
    DateBeforePredecessor, ReviewOutOfRange, ForeignParty.
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
    if review_months is not None and not 1 <= review_months <= 60:
        raise ReviewOutOfRange(
            "review-out-of-range", _("Give a number of months between 1 and 60, or none.")
        )
    for party in filter(None, (lead, side)):
        demand_own_party(partnership, party)
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
        "side": side,
        "review_months": review_months,
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


def measure(
    goal: Goal,
    value: Decimal,
    *,
    on: dt.date,
    by: User | None,
    note: LocalizedText | None = None,
    corrects: Measurement | None = None,
) -> Measurement:
    """Enter what was measured on a day; with `corrects` it stands in for that row, which stays.

    Raises GoalWithoutUnit, DateBeforePredecessor, AlreadyCorrected.
    """
    if not goal.unit:
        raise GoalWithoutUnit(
            "goal-without-unit", _("Give the goal a unit first, then enter what was measured.")
        )
    with transaction.atomic():
        # Two people measuring at once: the second one sees what the first one entered.
        Goal.objects.select_for_update().get(pk=goal.pk)
        others = list(goal.measurements.standing())
        if corrects is not None and corrects.pk not in {each.pk for each in others}:
            raise AlreadyCorrected(
                "already-corrected", _("This value has been corrected already. Reload the page.")
            )
        others = [each for each in others if corrects is None or each.pk != corrects.pk]
        _demand_order(goal, on, None if corrects else others)
        made = Measurement.objects.create(
            goal=goal,
            value=value,
            on=on,
            note=note or LocalizedText(),
            corrects=corrects,
            entered_by=by,
        )
        # Equal dates: the row that was entered last counts.
        newest = max([*others, made], key=lambda each: (each.on, each.pk))
        Goal.objects.filter(pk=goal.pk).update(latest=newest.value, latest_on=newest.on)
        trail.record("goal.measured", goal, by=by, measurement=made.pk)
    goal.latest, goal.latest_on = newest.value, newest.on
    return made


def with_course(found: QuerySet[Goal]) -> QuerySet[Goal]:
    """These goals with `course`: their standing measurements, oldest first, in the same query."""
    standing = Measurement.objects.standing().filter(goal=OuterRef("pk"))
    rows = standing.values(point=JSONObject(on="on", value="value"))
    return found.annotate(course=ArraySubquery(rows))


def _demand_order(goal: Goal, on: dt.date, others: Sequence[Measurement] | None) -> None:
    """Values come in the order of their days; a correction may stand anywhere after the start."""
    if on > timezone.localdate():
        raise DateBeforePredecessor(
            "measured-in-the-future",
            _("This day has not come yet."),
        )
    if goal.baseline_on and on < goal.baseline_on:
        raise DateBeforePredecessor(
            "measured-before-baseline", _("This value is older than the baseline.")
        )
    if others and on < others[-1].on:
        raise DateBeforePredecessor(
            "measured-before-previous",
            _("This value is older than the one that is already there."),
        )


def review_due_on(goal: Goal) -> dt.date | None:
    """The day on which somebody should measure again; None without a rhythm or a first day."""
    since = goal.latest_on or goal.baseline_on
    if goal.review_months is None or since is None:
        return None
    months = since.month - 1 + goal.review_months
    year, month = since.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(since.day, calendar.monthrange(year, month)[1]))


def remind_of_reviews(today: dt.date) -> int:
    """Mail those who speak for the side of each goal that is due; once per goal and due date.

    Returns how many goals were due.
    """
    due = 0
    goals = Goal.objects.filter(review_months__isnull=False)
    for goal in goals.select_related("partnership", "side"):
        day = review_due_on(goal)
        if day is None or day > today:
            continue
        due += 1
        letters.tell_review(goal, day)
    return due

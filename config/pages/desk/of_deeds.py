"""What cities promised each other: steps of the action plan, and goals to be measured.

One line for each partnership, however many steps are due: the page behind it shows them all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.pages.desk.items import AT_MOST, Item, end_of
from foundation.accounts.mandates import subjects_of
from foundation.accounts.models import Role, User
from partnerships.deeds import goals
from partnerships.models import Action, Goal, Municipality, Party
from partnerships.permissions import is_office

AHEAD = dt.timedelta(days=14)
READ = 200  # rows at once, the oldest first
NAMED = 3
AWAKE = Q(partnership__suspended_at=None, partnership__ended_at=None)

Due = tuple[dt.date, Action | Goal]


def items(user: User) -> list[Item]:
    """What is due soon or late on this reader's side; the office has all sides."""
    ours = _ours(user)
    if ours is None:
        return []
    return [*_actions(ours), *_goals(ours)]


def _ours(user: User) -> Q | None:
    """Which parts of partnerships are this reader's: all, those of their cities, or nothing."""
    if is_office(user):
        return Q()
    cities = subjects_of(user, Role.PARTNER, Municipality)
    if not cities:
        return None
    parties = Party.objects.filter(municipality_id__in=cities)
    of_both = Q(side=None, partnership__in=parties.values("partnership"))
    return Q(side__in=parties.values("pk")) | of_both


def _actions(ours: Q) -> list[Item]:
    by = timezone.localdate() + AHEAD
    steps = Action.objects.open().filter(ours & AWAKE, due_on__lte=by).order_by("due_on", "pk")
    due = [(step.due_on, step) for step in steps.select_related("partnership")[:READ]]
    return [
        _line(
            mine,
            ngettext(
                "A step of the action plan is due: %(first)s",
                "%(n)d steps of the action plan are due, first: %(first)s",
                len(mine),
            ),
            reverse("action_list", args=[mine[0][1].partnership.slug]),
            _("Say where it stands"),
        )
        for mine in _by_partnership([(day, step) for day, step in due if day])
    ]


def _goals(ours: Q) -> list[Item]:
    by = timezone.localdate() + AHEAD
    rhythmic = Goal.objects.filter(ours & AWAKE, review_months__isnull=False)
    found = rhythmic.select_related("partnership").order_by("latest_on", "pk")[:READ]
    days = [(goals.review_due_on(goal), goal) for goal in found]
    due: list[Due] = [(day, goal) for day, goal in days if day is not None and day <= by]
    return [
        _line(
            mine,
            ngettext(
                "A goal is to be measured again: %(first)s",
                "%(n)d goals are to be measured again, first: %(first)s",
                len(mine),
            ),
            _measure(mine[0][1]),
            _("Enter a value"),
        )
        for mine in _by_partnership(sorted(due, key=lambda each: each[0]))
    ]


def _measure(goal: Action | Goal) -> str:
    position = goal.position if isinstance(goal, Goal) else 0
    return reverse("goal_history", args=[goal.partnership.slug, position])


def _by_partnership(due: Sequence[Due]) -> list[list[Due]]:
    """The rows of each partnership together, in the order of their first days."""
    found: dict[int, list[Due]] = {}
    for day, each in due:
        found.setdefault(each.partnership_id, []).append((day, each))
    return list(found.values())[:AT_MOST]


def _line(mine: Sequence[Due], what: str, url: str, action: str) -> Item:
    day, first = mine[0]
    rest = [str(each) for _day, each in mine[1 : NAMED + 1]]
    more = ["…"] if len(mine) > NAMED + 1 else []
    why = ". ".join([str(first.partnership), *([", ".join([*rest, *more])] if rest else [])])
    return Item(
        what % {"n": len(mine), "first": first}, why, url, action, until=end_of(day), whole_day=True
    )

"""Results on the desk of the office: to prepare, to look at as the second, to answer."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from circles import permissions
from circles.models import Circle, Decision, Measure, Result
from circles.resulting import results
from config.pages.desk.items import AT_MOST, Item, end_of
from formats.models import WorkOrder
from foundation.accounts.models import User

ORDER = WorkOrder.State


def items(user: User) -> list[Item]:
    """What results ask of this reader; hosts of a circle end its order."""
    found = _to_finalise(user)
    if permissions.can_prepare_results(user):
        found += [*_to_prepare(), *_prepared(user), *_owed(), *_late_measures()]
    return found


def _to_finalise(user: User) -> list[Item]:
    adopted = Decision.objects.filter(
        circle=OuterRef("pk"), kind=Decision.Kind.PROPOSAL, state=Decision.State.ADOPTED
    )
    waiting = Circle.objects.filter(
        Exists(adopted),
        state=Circle.State.WORKING,
        work_order__state__in=[ORDER.ASSIGNED, ORDER.IN_PROGRESS],
    )
    return [
        Item(
            _("End the work order: %(circle)s") % {"circle": each.name},
            _("The circle has adopted its proposed solution."),
            reverse("circle_finalise", args=[each.slug]),
            _("End the work order"),
            until=end_of(each.work_order.due_on),
        )
        for each in waiting.select_related("work_order").order_by("pk")[:AT_MOST]
        if permissions.can_host(user, each)
    ]


def _to_prepare() -> list[Item]:
    waiting = WorkOrder.objects.filter(
        state__in=[ORDER.FINALISED, ORDER.PRESENTED], outcome__isnull=True
    )
    return [
        Item(
            _("Prepare the result of work order %(number)s") % {"number": each.number},
            str(each.question),
            reverse("result_prepare", args=[each.number]),
            _("Prepare"),
            until=end_of(each.due_on),
        )
        for each in waiting.order_by("due_on", "pk")[:AT_MOST]
    ]


def _prepared(user: User) -> list[Item]:
    """Sent back to whoever prepared it, or waiting for a second person."""
    rows = Result.objects.filter(state=Result.State.PREPARED).select_related("work_order")
    return [
        _sent_back(each) if each.sent_back else _to_look_at(each)
        for each in rows.order_by("prepared_at")[:AT_MOST]
        if (each.prepared_by_id == user.pk) == bool(each.sent_back)
        and (each.sent_back or _may_settle(each, user))
    ]


def _may_settle(result: Result, user: User) -> bool:
    presented = result.work_order.state == ORDER.PRESENTED
    return presented and not results.sat_in_circle(result, user)


def _sent_back(result: Result) -> Item:
    return Item(
        _("Change a result that was sent back: %(title)s") % {"title": result.title},
        result.sent_back,
        reverse("result_prepare", args=[result.work_order.number]),
        _("Change"),
        since=result.prepared_at,
    )


def _to_look_at(result: Result) -> Item:
    return Item(
        _("Look at a result and publish it: %(title)s") % {"title": result.title},
        _("A second person publishes, sends it back, or says why not."),
        reverse("result", args=[result.work_order.number]),
        _("Look"),
        since=result.prepared_at,
    )


def _owed() -> list[Item]:
    rows = Result.objects.owing().select_related("work_order")
    return [
        Item(
            _("What became of it? %(title)s") % {"title": each.title},
            _("Everybody sees when this answer is overdue."),
            reverse("result_answer", args=[each.work_order.number]),
            _("Answer"),
            until=end_of(each.owed_on),  # type: ignore[attr-defined]
            whole_day=True,
        )
        for each in rows[:AT_MOST]
    ]


def _late_measures() -> list[Item]:
    late = Measure.objects.late(timezone.localdate()).select_related("result__work_order")
    return [
        Item(
            _("Measure %(n)d is late: %(title)s") % {"n": each.n, "title": each.title},
            each.responsible,
            reverse("measure_move", args=[each.result.work_order.number, each.n]),
            _("Note a step"),
            until=end_of(each.due_on),
            whole_day=True,
        )
        for each in late.order_by("due_on")[:AT_MOST]
    ]

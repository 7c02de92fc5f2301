"""What everybody reads of results: the list with what is owed, one result and the feed."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Measure, MeasureStep, Result, ResultAnswer
from circles.models.result import ResultQuerySet
from foundation.accounts.mandates import Actor
from partnerships.portrait.feed import MOST, Entry


def listed(user: Actor, *, overdue_only: bool = False) -> ResultQuerySet:
    """Results that `user` may see, each with `owed_on`, measures and answers; newest first."""
    seen = Result.objects.visible_to(user)
    found = seen.overdue(timezone.localdate()) if overdue_only else seen.with_due()
    return (
        found.select_related("work_order__circle")
        .prefetch_related("measures", "answers")
        .order_by("-settled_at", "-pk")
    )


def newest(most: int) -> ResultQuerySet:
    """Published results, the newest first, each with its answers in `told`; two queries."""
    published = Result.objects.filter(state=Result.State.PUBLISHED).with_due()
    return (
        published.select_related("work_order")
        .prefetch_related(Prefetch("answers", ResultAnswer.objects.order_by("-n"), to_attr="told"))
        .order_by("-settled_at", "-pk")[:most]
    )


def shown(user: Actor) -> ResultQuerySet:
    """Results with everything that their page says."""
    steps = Prefetch("steps", MeasureStep.objects.order_by("pk"))
    found = Result.objects.visible_to(user).with_due()
    return found.select_related(
        "work_order__vision",
        "work_order__presented_in__body",
        "work_order__circle",
        "decision__version",
        "event",
        "prepared_by",
    ).prefetch_related(Prefetch("measures", Measure.objects.prefetch_related(steps)), "answers")


def entries() -> list[Entry]:
    """Publications and answers for feed readers, the newest first; three queries at most."""
    results = Result.objects.visible_to(AnonymousUser()).filter(state=Result.State.PUBLISHED)
    found = [
        Entry(
            f"result/{each.pk}",
            str(each.title),
            each.settled_at,
            _path(each),
            each.work_order.number,
        )
        for each in results.select_related("work_order").order_by("-settled_at")[:MOST]
        if each.settled_at is not None
    ]
    answers = ResultAnswer.objects.filter(result__in=results).select_related("result__work_order")
    found += [
        Entry(
            f"result-answer/{each.pk}",
            _("What became of it: %(title)s") % {"title": each.result.title},
            each.given_at,
            f"{_path(each.result)}#antworten",
            str(each.text),
        )
        for each in answers.order_by("-given_at")[:MOST]
    ]
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)[:MOST]


def _path(result: Result) -> str:
    return reverse("result", args=[result.work_order.number])

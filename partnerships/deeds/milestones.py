"""Milestones: what was reached and when, and which earlier step it grew out of."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.models import Encounter, Milestone, Partnership, Project


class MilestoneBeforePredecessor(DomainError):
    """It lies before the milestone that it follows."""


class ReachedInTheFuture(DomainError):
    """Nothing can be reached on a day that has not come."""


class ForeignStep(DomainError):
    """The earlier step belongs to another partnership."""


def mark(
    partnership: Partnership,
    *,
    title: LocalizedText,
    on: dt.date,
    by: User | None,
    milestone: Milestone | None = None,
    is_reached: bool = False,
    after: Milestone | None = None,
    encounter: Encounter | None = None,
    project: Project | None = None,
) -> Milestone:
    """A new milestone, or a new day and new words for `milestone`.

    Raises MilestoneBeforePredecessor, ReachedInTheFuture, ForeignStep.
    """
    for step in (after, encounter, project):
        if step is not None and step.partnership_id != partnership.pk:
            raise ForeignStep("foreign-step", _("This step does not belong to the partnership."))
    if after is not None and on < after.on:
        raise MilestoneBeforePredecessor(
            "milestone-before-predecessor",
            _("The date lies before the milestone that this one follows."),
        )
    if is_reached and on > timezone.localdate():
        raise ReachedInTheFuture(
            "reached-in-the-future", _("This day has not come yet, so nothing was reached on it.")
        )
    values = {
        "title": title,
        "on": on,
        "is_reached": is_reached,
        "after": after,
        "encounter": encounter,
        "project": project,
    }
    with transaction.atomic():
        if milestone is None:
            milestone = Milestone.objects.create(partnership=partnership, **values)
        else:
            Milestone.objects.filter(pk=milestone.pk).update(**values)
            milestone.refresh_from_db()
        trail.record("milestone.marked", milestone, by=by, partnership=partnership.pk)
    return milestone

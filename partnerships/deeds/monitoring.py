"""The figures of one year of a partnership: held, made, done in time, and how long it took."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import (
    Action,
    CityLab,
    Encounter,
    ExchangeFormat,
    Focus,
    Partnership,
    Project,
)


@dataclasses.dataclass(frozen=True)
class Figure:
    """One line of the report: a group, what is counted, the number; None means unknown."""

    group: str
    name: str
    value: int | None


def report_of(partnership: Partnership, year: int) -> list[Figure]:
    """All figures of `year`; seven queries whatever the size."""
    return [
        *_meetings(partnership, year),
        *_projects(partnership),
        *_actions(partnership, year),
        *_topics(partnership),
        *_days_to_signature(partnership),
    ]


def years_of(partnership: Partnership, today: dt.date) -> list[int]:
    """This year and every earlier one since the first meeting, newest first."""
    first = partnership.encounters.filter(on__isnull=False).order_by("on").first()
    since = first.on.year if first and first.on else today.year
    return list(range(today.year, min(since, today.year) - 1, -1))


def _meetings(partnership: Partnership, year: int) -> list[Figure]:
    rows = list(partnership.encounters.filter(on__year=year).select_related("exchange_format"))
    held = [row for row in rows if row.state == Encounter.State.HELD]
    group, ways = _("Meetings"), _("Held, by the way people met")
    figures = [
        Figure(group, str(state.label), sum(row.state == state for row in rows))
        for state in Encounter.State
    ]
    figures += [
        Figure(ways, str(way.label), sum(row.setting == way for row in held))
        for way in Encounter.Setting
    ]
    figures.append(Figure(ways, _("unknown"), sum(not row.setting for row in held)))
    figures += [
        Figure(_("Held, by kind"), str(mode.label), sum(row.kind == mode for row in held))
        for mode in ExchangeFormat.Mode
    ]
    return figures


def _projects(partnership: Partnership) -> list[Figure]:
    rows = list(partnership.projects.prefetch_related("places__actor"))
    labs = list(partnership.labs.all())
    group = _("Projects, by stage")
    figures = [
        Figure(group, str(state.label), sum(row.state == state for row in rows))
        for state in Project.State
    ]
    across = [row for row in rows if len({p.actor.sector for p in row.places.all()}) > 1]
    figures.append(Figure(_("Projects"), _("across sectors"), len(across)))
    told = sum(bool(row.result) and row.published_at is not None for row in rows)
    figures.append(Figure(_("Projects"), _("with a published result"), told))
    active = sum(lab.state == CityLab.State.ACTIVE for lab in labs)
    figures.append(Figure(_("City Labs"), _("active"), active))
    return figures


def _actions(partnership: Partnership, year: int) -> list[Figure]:
    """A step is on time if it was completed by its date; open ones count once the date is past."""
    today = timezone.localdate()
    rows = list(partnership.actions.filter(due_on__year=year))
    done = [row for row in rows if row.state == Action.State.COMPLETED]
    on_time = sum(r.completed_on <= r.due_on for r in done if r.completed_on and r.due_on)
    group = _("Steps due in this year")
    return [
        Figure(group, _("all"), len(rows)),
        Figure(group, _("completed on time"), on_time),
        Figure(group, _("completed late"), len(done) - on_time),
        Figure(group, _("overdue"), sum(row.is_overdue(today) for row in rows)),
        Figure(group, _("cancelled"), sum(r.state == Action.State.CANCELLED for r in rows)),
    ]


def _topics(partnership: Partnership) -> list[Figure]:
    rows = list(partnership.foci.all())
    return [
        Figure(_("Topics"), str(status.label), sum(row.status == status for row in rows))
        for status in Focus.Status
    ]


def _days_to_signature(partnership: Partnership) -> list[Figure]:
    """From the first frozen version to the conclusion, for the newest concluded agreement."""
    concluded = partnership.agreements.filter(concluded_at__isnull=False)
    newest = concluded.order_by("-concluded_at").first()
    days = None
    if newest is not None and newest.concluded_at is not None:
        days = (newest.concluded_at - newest.created_at).days
    return [Figure(_("Agreement"), _("days from draft to conclusion"), days)]

"""What stands on the front page of a room, each part by one query."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from circles.gathering import date_polls, gatherings, room_files
from circles.models import Circle, DatePoll, SeatTerm, Task
from circles.seating import acting
from formats.models import Meeting

NEWEST = 5
TASKS = 12


def of_room(circle: Circle, terms: list[SeatTerm]) -> dict[str, Any]:
    """Next meeting, what waits for whoever sits on `terms`, announcements, tasks, files."""
    now = timezone.now()
    tasks = list(
        circle.tasks.filter(state=Task.State.OPEN).select_related("owner__person", "owner__seat")
    )
    open_polls = circle.date_polls.filter(state=DatePoll.State.OPEN)
    polls = list(date_polls.with_own_answer(open_polls, terms).order_by("asked_at"))
    mine = {term.pk for term in terms}
    kept = circle.files.filter(removed_at=None)
    files = kept.select_related(*acting.AUTHORS, "file")
    return {
        "coming": _coming(circle, now),
        "my_tasks": [task for task in tasks if task.owner_id in mine],
        "tasks": [_row(task) for task in tasks[:TASKS]],
        "more_tasks": max(0, len(tasks) - TASKS),
        "polls": polls,
        "my_polls": [poll for poll in polls if terms and not poll.is_answered],
        "announcements": list(circle.announcements.all()[:NEWEST]),
        "files": [{"file": each, "note": room_files.note_of(each)} for each in files[:NEWEST]],
    }


def _coming(circle: Circle, now: dt.datetime) -> Meeting | None:
    ahead = gatherings.of_circle(circle).filter(ends_at__gte=now)
    return ahead.exclude(state=Meeting.State.CANCELLED).order_by("starts_at").first()


def _row(task: Task) -> dict[str, Any]:
    return {"task": task, "owner": acting.name_of(task.owner)}

"""What rooms of circles hold about a member, for the member: JSON."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from circles.models import Announcement, DateAnswer, RoomFile, SeatTerm, Task
from formats.models import Attendance


def of(terms: QuerySet[SeatTerm]) -> dict[str, Any]:
    """Tasks, files, announcements, answers to dates and attendance of whoever sits on `terms`."""
    people = terms.exclude(person=None).values("person")
    stays = Attendance.objects.filter(
        membership__user__in=people, membership__body__circle__isnull=False
    )
    return {
        "tasks": [
            {
                "title": each.title,
                "note": each.note,
                "due_on": each.due_on.isoformat(),
                "state": each.state,
            }
            for each in Task.objects.filter(owner__in=terms)
        ],
        "files": [
            {"name": each.name, "at": each.added_at.isoformat()}
            for each in RoomFile.objects.filter(by_member__in=terms)
        ],
        "announcements": [
            {"title": each.title, "text": each.text, "at": each.written_at.isoformat()}
            for each in Announcement.objects.filter(by_member__in=terms)
        ],
        "dates": [
            {"moment": each.option.starts_at.isoformat(), "word": each.word}
            for each in DateAnswer.objects.filter(member__in=terms).select_related("option")
        ],
        "attendance": [
            {
                "meeting": each.meeting.number,
                "from": each.arrived_at.isoformat(),
                "until": each.left_at.isoformat() if each.left_at else None,
            }
            for each in stays.select_related("meeting")
        ],
    }

"""Where readers find a session: on the pages of the D.I.V., or where its body says."""

from __future__ import annotations

from django.urls import reverse

from formats.models import Meeting
from formats.sittings import bodies


def path_of(meeting: Meeting) -> str:
    """The page of the session; empty for one of a body that has no pages."""
    body = meeting.body
    if body.leads_to:
        return f"{body.leads_to}{meeting.year}-{meeting.ordinal}/"
    return reverse("meeting", args=[meeting.year, meeting.ordinal]) if _has_pages(meeting) else ""


def minutes_path_of(meeting: Meeting) -> str:
    """Where members read its minutes before they are approved."""
    if meeting.body.leads_to or not _has_pages(meeting):
        return path_of(meeting)
    return reverse("minutes_internal", args=[meeting.year, meeting.ordinal])


def _has_pages(meeting: Meeting) -> bool:
    return meeting.body.slug == bodies.DIV

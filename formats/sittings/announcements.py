"""Telling those who asked for it that members were invited to a public session."""

from __future__ import annotations

from formats.models import Meeting
from foundation.subscriptions import announcing
from foundation.subscriptions.announcing import Notice
from foundation.subscriptions.wishes import Wish

SESSIONS = "sessions"
EFFECT = "meeting.announce"


def announce(meeting: Meeting) -> None:
    """Ask for it in the caller's transaction; only sessions that everybody may attend."""
    if meeting.is_public and meeting.body.is_public:
        announcing.request(EFFECT, _name(meeting.pk), meeting_id=meeting.pk)


def spread(meeting_id: int, after: int) -> None:
    """One batch of mails; nothing when the session was cancelled before they left."""
    found = Meeting.objects.filter(
        pk=meeting_id, state=Meeting.State.INVITED, is_public=True, body__is_public=True
    ).select_related("body")
    meeting = found.first()
    if meeting is None:
        return
    items = list(meeting.agenda_items.filter(is_public=True))
    context = {"meeting": meeting, "body": meeting.body, "items": items}
    notice = Notice(_name(meeting_id), "announcement_session", (Wish(SESSIONS),), context)
    announcing.spread(EFFECT, notice, after=after, meeting_id=meeting_id)


def _name(meeting_id: int) -> str:
    return f"meeting-{meeting_id}"

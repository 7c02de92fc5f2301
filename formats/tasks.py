"""The worker's side of sessions."""

from __future__ import annotations

from formats import announcements
from foundation.effects import work


@work.handles(announcements.EFFECT)
def announce_meeting(meeting_id: int, after: int) -> None:
    announcements.spread(meeting_id, after)

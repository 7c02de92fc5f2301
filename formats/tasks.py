"""The worker's side of sessions, votes and ideas."""

from __future__ import annotations

from celery import shared_task

from formats import announcements, ballots, circulars, ideas, minutes, minutes_paper, packs
from foundation.effects import work


@work.handles(announcements.EFFECT)
def announce_meeting(meeting_id: int, after: int) -> None:
    announcements.spread(meeting_id, after)


@shared_task(name="formats.close_votes", ignore_result=True)
def close_votes() -> None:
    ballots.close_due()


@shared_task(name="formats.forget_ideas", ignore_result=True)
def forget_ideas() -> None:
    ideas.forget_overdue()


@work.handles(packs.EFFECT)
def make_pack(meeting_id: int) -> None:
    packs.make(meeting_id)


@work.handles(minutes.EFFECT)
def issue_minutes(minutes_id: int) -> None:
    minutes_paper.issue(minutes_id)


@shared_task(name="formats.close_circulars", ignore_result=True)
def close_circulars() -> None:
    circulars.close_due()

"""The worker's side of sessions, votes, ideas and events."""

from __future__ import annotations

from celery import shared_task

from formats.events import (
    certificates,
    forgetting,
    programme_sheets,
    registration_letters,
    waiting_list,
)
from formats.learning import check_backs, papers, sheets
from formats.models import Cohort, Event
from formats.sittings import announcements, circulars, minutes, minutes_paper, packs
from formats.weighing import ballots, ideas
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


@work.handles(programme_sheets.EFFECT)
def make_programme(event_id: int, language: str) -> None:
    programme_sheets.make(Event.objects.get(pk=event_id), language)


@shared_task(name="formats.order_programmes", ignore_result=True)
def order_programmes() -> None:
    programme_sheets.order_stale()


@shared_task(name="formats.keep_waiting_lists", ignore_result=True)
def keep_waiting_lists() -> None:
    waiting_list.keep_deadlines()


@shared_task(name="formats.remind_of_events", ignore_result=True)
def remind_of_events() -> None:
    registration_letters.remind_due()


@work.handles(certificates.EFFECT)
def issue_certificate(registration_id: int) -> None:
    certificates.issue(registration_id)


@shared_task(name="formats.forget_guests", ignore_result=True)
def forget_guests() -> None:
    forgetting.forget_overdue()


@work.handles(sheets.EFFECT)
def make_cohort_programme(cohort_id: int, language: str) -> None:
    sheets.make(Cohort.objects.get(pk=cohort_id), language)


@work.handles(papers.EFFECT)
def issue_policy_paper(recommendation_id: int) -> None:
    papers.issue(recommendation_id)


@work.handles(check_backs.EFFECT)
def ask_what_became_of_it(consultation_id: int) -> None:
    check_backs.ask(consultation_id)

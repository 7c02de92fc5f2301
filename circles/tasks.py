"""The worker's side of circles: draws, minutes, and what the clock decides."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from circles import deadlines
from circles.applying import confirmations, receipts, retention
from circles.calling import announcements
from circles.deciding import rounds, votes
from circles.drawing import beacons, draws, fingerprints, minutes, relays
from circles.proposing import forgetting
from circles.resulting import announcements as result_announcements
from circles.resulting import papers, reminders, yearly
from circles.seating import naming, nominations, offers
from foundation.effects import work


@work.handles(receipts.EFFECT)
def issue_receipt(application_pk: int, ticket: str) -> None:
    receipts.issue(application_pk, ticket)


@work.handles(confirmations.REMINDER)
def remind_of_code(application_pk: int) -> None:
    confirmations.remind(application_pk)


@work.handles(confirmations.LATE)
def send_late_code(application_pk: int) -> None:
    confirmations.send_late(application_pk)


@work.handles(draws.DRAW_EFFECT)
def run_draw(draw_pk: int) -> None:
    draws.run(draw_pk)


@work.handles(draws.MINUTES_EFFECT)
def issue_minutes(draw_pk: int) -> None:
    minutes.issue(draw_pk)


@work.handles(fingerprints.EFFECT)
def stamp_fingerprint(declaration_pk: int) -> None:
    fingerprints.stamp(declaration_pk)


@work.handles(relays.EFFECT)
def fetch_beacon(declaration_pk: int) -> None:
    beacons.run(declaration_pk)


@work.handles(announcements.EFFECT)
def announce_call(call_id: int, after: int) -> None:
    announcements.spread(call_id, after)


@work.handles(naming.REMINDER)
def remind_body(request_pk: int) -> None:
    naming.remind(request_pk)


@work.handles(offers.REMINDER)
def remind_drawn(offer_pk: int, departure_pk: int | None = None) -> None:
    offers.remind(offer_pk, departure_pk)


@work.handles(nominations.REMINDER)
def remind_nominee(nomination_pk: int) -> None:
    nominations.remind(nomination_pk)


@work.handles(papers.EFFECT)
def issue_result(result_id: int) -> None:
    papers.issue(result_id)


@work.handles(yearly.EFFECT)
def make_year_report(year: int) -> None:
    yearly.make(year)


@work.handles(result_announcements.PUBLISHED)
def announce_result(result_id: int, after: int) -> None:
    result_announcements.spread_published(result_id, after)


@work.handles(result_announcements.ANSWERED)
def announce_answer(answer_id: int, after: int) -> None:
    result_announcements.spread_answered(answer_id, after)


@shared_task(name="circles.remind_of_answers", ignore_result=True)
def remind_of_answers() -> None:
    reminders.remind(timezone.localdate())


@shared_task(name="circles.order_year_reports", ignore_result=True)
def order_year_reports() -> None:
    yearly.order_stale()


@work.handles(rounds.REMINDER)
def remind_of_voice(round_pk: int) -> None:
    rounds.remind(round_pk)


@work.handles(votes.REMINDER)
def remind_of_ballot(vote_pk: int) -> None:
    votes.remind(vote_pk)


@shared_task(name="circles.keep_deadlines", ignore_result=True)
def keep_deadlines() -> None:
    deadlines.keep_draw_deadlines()
    naming.keep_deadlines()
    votes.keep_deadlines()


@shared_task(name="circles.forget_old_forms", ignore_result=True)
def forget_old_forms() -> None:
    deadlines.forget_old_forms()


@shared_task(name="circles.forget_overdue", ignore_result=True)
def forget_overdue() -> None:
    retention.forget_overdue()
    forgetting.forget_reviewers()

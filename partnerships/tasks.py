"""The worker's side of the agreement road: one domain call per kind of work."""

from __future__ import annotations

import datetime as dt

from celery import shared_task
from django.utils import timezone

from foundation.effects import work
from partnerships.course import dormancy
from partnerships.deeds import announcements, goals
from partnerships.models import Agreement, AgreementVersion, Partnership, Reservation
from partnerships.portrait import flyers
from partnerships.signing import issuing, protocol, reading, reminders, reservations
from partnerships.wording import agreements, remarks, terms


@work.handles(announcements.NEWS_EFFECT)
def announce_news(item_id: int, after: int) -> None:
    announcements.spread_news(item_id, after)


@work.handles(announcements.PROJECT_EFFECT)
def announce_project(project_id: int, after: int) -> None:
    announcements.spread_project(project_id, after)


@work.handles("agreement.issue")
def issue(version_id: int) -> None:
    issuing.issue(_version(version_id))


@work.handles("agreement.conclude")
def conclude(version_id: int) -> None:
    issuing.conclude(_version(version_id))


@work.handles("agreement.reprint")
def reprint(version_id: int) -> None:
    """A print that differs is no use trying again: it goes to the dead letters, as an alert."""
    try:
        issuing.reprint(_version(version_id))
    except issuing.PrintDiffers as alert:
        raise work.GiveUp(alert.code) from alert


@work.handles("agreement.expire")
def expire(agreement_id: int) -> None:
    agreements.expire(Agreement.objects.get(pk=agreement_id))


@shared_task(name="partnerships.remind_dormant", ignore_result=True)
def remind_dormant() -> None:
    dormancy.remind_dormant()


@work.handles("agreement.remarks")
def tell_remarks(agreement_id: int) -> None:
    remarks.tell(Agreement.objects.get(pk=agreement_id))


@work.handles("agreement.lapse")
def lapse(reservation_id: int) -> None:
    reservations.lapse(Reservation.objects.get(pk=reservation_id))


@work.handles("agreement.remind")
def remind(version_id: int, days: int) -> None:
    reminders.remind(_version(version_id), days)


@work.handles("agreement.protocol")
def write_protocol(version_id: int) -> None:
    protocol.issue(_version(version_id))


@work.handles("agreement.ends")
def remind_of_end(agreement_id: int, ends_on: str, days: int) -> None:
    agreement = Agreement.objects.get(pk=agreement_id)
    terms.remind(agreement, ends_on=dt.date.fromisoformat(ends_on), days=days)


@work.handles("agreement.review")
def remind_of_review(agreement_id: int, review_on: str) -> None:
    agreement = Agreement.objects.get(pk=agreement_id)
    terms.remind_of_review(agreement, review_on=dt.date.fromisoformat(review_on))


def _version(version_id: int) -> AgreementVersion:
    return AgreementVersion.objects.select_related("agreement__partnership").get(pk=version_id)


@work.handles(reading.EFFECT)
def make_reading_copy(agreement_id: int, numbers: list[str]) -> None:
    reading.make(Agreement.objects.get(pk=agreement_id), numbers)


@work.handles(flyers.EFFECT)
def make_flyer(partnership_id: int, language: str) -> None:
    flyers.make(Partnership.objects.get(pk=partnership_id), language)


@shared_task(name="partnerships.order_flyers", ignore_result=True)
def order_flyers() -> None:
    flyers.order_stale()


@shared_task(name="partnerships.remind_of_reviews", ignore_result=True)
def remind_of_reviews() -> None:
    goals.remind_of_reviews(timezone.localdate())

"""The worker's side of the agreement road: one domain call per kind of work."""

from __future__ import annotations

from celery import shared_task

from foundation.effects import work
from partnerships import (
    agreements,
    dormancy,
    issuing,
    protocol,
    remarks,
    reminders,
    reservations,
)
from partnerships.models import Agreement, AgreementVersion, Reservation


@work.handles("agreement.issue")
def issue(version_id: int) -> None:
    issuing.issue(_version(version_id))


@work.handles("agreement.conclude")
def conclude(version_id: int) -> None:
    issuing.conclude(_version(version_id))


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


def _version(version_id: int) -> AgreementVersion:
    return AgreementVersion.objects.select_related("agreement__partnership").get(pk=version_id)

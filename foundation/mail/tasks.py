"""The worker's side of the outbox."""

from __future__ import annotations

from celery import shared_task

from foundation.effects import work
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail


@work.handles("mail.deliver")
def deliver(mail_id: int) -> None:
    mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id).first()
    if mail is None:
        raise work.GiveUp
    outbox.deliver(mail)


@shared_task(name="mail.forget", ignore_result=True)
def forget() -> None:
    outbox.forget_old_words()

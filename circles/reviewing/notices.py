"""Mails of a review that wait to be read: what rejected people are told, before it leaves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from circles.models import Application, Call
from circles.reviewing import objections
from foundation.accounts.models import User
from foundation.mail import outbox
from foundation.mail.models import OutgoingMail

KINDS = (*objections.NOTICES, "application_objection")


def waiting(call: Call) -> QuerySet[OutgoingMail]:
    """Held mails about findings and objections of this call, oldest first; letters wait apart."""
    ids = call.applications.annotate(key=Cast("pk", CharField())).values("key")
    return OutgoingMail.objects.filter(
        kind__in=KINDS,
        state=OutgoingMail.State.HELD,
        secret=False,
        subject_type=Application._meta.label_lower,
        subject_id__in=ids,
    ).exclude(to="").order_by("pk")  # fmt: skip


def release(mails: Iterable[OutgoingMail], *, by: User) -> int:
    """Let those go that somebody has read and ticked; returns how many left."""
    released = 0
    with transaction.atomic():
        for mail in mails:
            outbox.release(mail, by=by)
            released += 1
    return released

"""Mails of a review that wait to be read: what rejected people are told, before it leaves."""

from __future__ import annotations

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from circles.models import Application, Call
from circles.reviewing import objections
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

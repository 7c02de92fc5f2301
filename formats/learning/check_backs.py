"""Eight weeks after a consultation its case giver is asked once what became of it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from formats.models import CohortMember, Consultation
from foundation.effects import work
from foundation.mail import outbox

EFFECT = "consultation.check-back"
AFTER = dt.timedelta(weeks=8)


def order(consultation: Consultation) -> None:
    """Write the question down for its day; asking again changes nothing."""
    due_at = (consultation.done_at or timezone.now()) + AFTER
    work.request(EFFECT, str(consultation.pk), due_at=due_at, consultation_id=consultation.pk)


def ask(consultation_id: int) -> None:
    """Mail the case giver, unless they left, with or without their case, or have told already."""
    found = Consultation.objects.select_for_update(of=("self",)).select_related(
        "case_giver__user", "cohort__network"
    )
    consultation = found.filter(pk=consultation_id).first()
    if consultation is None:
        return
    giver = consultation.case_giver
    gone = giver.state == CohortMember.State.LEFT or not giver.user.is_active
    if gone or consultation.asked_back_at or consultation.checked_back_at:
        return
    outbox.queue(
        "learning_check_back",
        key=f"learning-check-back-{consultation.pk}",
        to=giver.user.email,
        to_name=giver.user.name,
        language=giver.user.language,
        subject=consultation,
        context={"consultation": consultation, "network": consultation.cohort.network},
        secret=True,
    )
    Consultation.objects.filter(pk=consultation.pk).update(asked_back_at=timezone.now())

"""Drawn people without an e-mail address: a letter tells them, and their days begin with it."""

from __future__ import annotations

import datetime as dt

from django.db.models.functions import Least

from circles.models import Call, Offer
from foundation.mail.models import OutgoingMail


def key_of(kind: str, offer: Offer, call: Call) -> str:
    """The key of a mail or letter about this offer."""
    return f"{kind.replace('_', '-')}-{call.draw_id}-{offer.pk}"


def answer_by(offer: Offer, now: dt.datetime) -> dt.datetime:
    """Until when the person can answer; without the letter the days have not begun."""
    if offer.application.email:
        return offer.answer_by
    days = dt.timedelta(days=offer.draw.call.answer_days)
    return max(offer.answer_by, (_told_at(offer) or now) + days)


def is_untold(offer: Offer) -> bool:
    """Whether the letter still lies in the outbox."""
    return not offer.application.email and _told_at(offer) is None


def _told_at(offer: Offer) -> dt.datetime | None:
    """When the letter was printed, or its words told on the telephone."""
    letter = OutgoingMail.objects.filter(key=key_of("offer", offer, offer.draw.call))
    return letter.values_list(Least("printed_at", "phoned_at"), flat=True).first()

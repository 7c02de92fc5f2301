"""The yearly question: is this entry still right?

Asked by mail at most once a year; the answer by link confirms, corrects, or asks to be removed.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.audit import trail
from partnerships.models import Actor, ActorContact

YEAR = dt.timedelta(days=365)
LANGUAGE_OF = {"FI": "fi", "DE": "de", "AT": "de", "CH": "de"}


def set_contact(actor: Actor, email: str, *, by: User | None) -> None:
    """Whom to ask about `actor` a year from now; without an address nobody is asked."""
    email = email.strip().lower()
    with transaction.atomic():
        contact = ActorContact.objects.filter(actor=actor).first()
        if (contact.email if contact else "") == email:
            return
        if not email:
            ActorContact.objects.filter(actor=actor).delete()
        else:
            country = actor.municipality.country if actor.municipality else "DE"
            ActorContact.objects.update_or_create(
                actor=actor,
                defaults={"email": email, "language": LANGUAGE_OF.get(country, "en")},
                create_defaults={
                    "email": email,
                    "language": LANGUAGE_OF.get(country, "en"),
                    "next_check_on": timezone.localdate() + YEAR,
                },
            )
        trail.record("actor.contact_set", actor, by=by, has_contact=bool(email))

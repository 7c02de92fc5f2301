"""Personal data of the directory ends: invitations are emptied, experts who want to go lose a name.

Rows stay, because others point at them; what they said about a person goes.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from foundation.languages import LocalizedText
from partnerships.directory.directory import free_slugs
from partnerships.models import Actor, ActorCheckup, ExpertInvitation, ImportRow
from partnerships.models.actor import name_keys

KEPT_AFTERWARDS = dt.timedelta(days=30)
EMPTY = {"email": "", "message": "", "answer": ""}


def forget_invitations() -> int:
    """Empty what was written 30 days after the occasion or the day to answer; how many."""
    over = ExpertInvitation.objects.annotate(last=Greatest("on", "reply_by")).filter(
        last__lt=timezone.localdate() - KEPT_AFTERWARDS
    )
    return over.exclude(**EMPTY).update(**EMPTY)


def forget_expert(actor: Actor) -> None:
    """A person leaves the directory: no name, no words, no address, also not in imports."""
    name = f"N. N. {actor.pk}"
    with transaction.atomic():
        Actor.objects.filter(pk=actor.pk).update(
            name=name,
            slug=free_slugs([name])[0],
            description=LocalizedText(),
            website="",
            **name_keys(name),
        )
        ExpertInvitation.objects.filter(actor=actor).update(**EMPTY)
        ActorCheckup.objects.filter(actor=actor).update(proposal={})
        ImportRow.objects.filter(actor=actor).update(
            name="", values={}, remarks=[], before=None, after=None
        )

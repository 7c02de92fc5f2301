"""Somebody leaves for good: what of partnerships holds them back, and what forgets them.

A frozen text keeps the names of those who were to sign it; everything else lets go of them.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef

from foundation.accounts.models import User
from partnerships.deeds import ambassadors
from partnerships.models import Agreement, Ambassador, Evidence, Signatory

OVER = (Agreement.State.CONCLUDED, Agreement.State.WITHDRAWN)
UNNAMED = "–"


def places_to_sign(person: User) -> list[Signatory]:
    """Places of agreements that are still in the making."""
    held = Signatory.objects.filter(user=person, released_at=None)
    still = held.exclude(agreement__state__in=OVER)
    return list(still.select_related("agreement__partnership").order_by("pk"))


def forget(person: User) -> None:
    """End ambassadorships, and take the name off places of texts that are not frozen.

    A frozen version names its signatories; the database keeps them as they are.
    """
    with transaction.atomic():
        own = Ambassador.objects.filter(user=person)
        for ambassador in own.filter(ended_on=None):
            ambassadors.release(ambassador, by=None)
        own.update(user=None, person_name="", name_is_public=False)
        signed = Evidence.objects.filter(signatory=OuterRef("pk"))
        places = Signatory.objects.filter(user=person, agreement__state__in=Agreement.OPEN)
        places.exclude(Exists(signed)).update(name=UNNAMED)

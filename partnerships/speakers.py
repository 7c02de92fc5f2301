"""Who speaks for the cities of a partnership now: the people to be told."""

from __future__ import annotations

from foundation.accounts.models import Mandate, Role, User
from partnerships.models import Municipality, Party


def speakers_of(partnership_id: int, side: Party | None = None) -> list[User]:
    """People who hold a partner's mandate for one of the cities, or for that of `side` alone.

    Two queries.
    """
    cities = Municipality.objects.filter(parties__partnership=partnership_id)
    if side is not None:
        cities = cities.filter(parties=side)
    holders = (
        Mandate.objects.in_force()
        .filter(
            role=Role.PARTNER,
            subject_type=Municipality._meta.label_lower,
            subject_id__in=[str(pk) for pk in cities.values_list("pk", flat=True)],
            user__is_active=True,
        )
        .values("user_id")
    )
    return list(User.objects.filter(pk__in=holders).order_by("pk"))

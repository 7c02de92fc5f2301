"""Who works with whom: the actors that one actor meets in partnerships the reader may see."""

from __future__ import annotations

import dataclasses

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from foundation.accounts.models import User
from partnerships.models import Actor, ParticipatingActor, Partnership

AT_MOST = 24


@dataclasses.dataclass(frozen=True)
class Companion:
    """Another actor, and in how many partnerships both take part."""

    actor: Actor
    times: int


def circle_of(actor: Actor, user: User | AnonymousUser, *, language: str) -> list[Companion]:
    """Companions of `actor`, most frequent first, at most 24; only published or own entries."""
    shared = ParticipatingActor.objects.filter(
        actor=actor, partnership__in=Partnership.objects.visible_to(user).values("pk")
    ).values("partnership")
    times = dict(
        ParticipatingActor.objects.filter(partnership__in=shared)
        .exclude(actor=actor)
        .values_list("actor")
        .annotate(Count("pk"))
    )
    found = Actor.objects.visible_to(user).filter(pk__in=times).select_related("municipality")
    companions = [Companion(each, times[each.pk]) for each in found.sorted_for(language)]
    return sorted(companions, key=lambda companion: -companion.times)[:AT_MOST]

"""Innovation ambassadors: who they are, and the contacts that they bring about."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText
from partnerships.course.participation import demand_own_party
from partnerships.models import Actor, Ambassador, Introduction, Partnership, Party


class SameActorTwice(DomainError):
    """Nobody is introduced to themselves."""


class IntroducedInTheFuture(DomainError):
    """The day has not come yet."""


def appoint(
    partnership: Partnership,
    *,
    party: Party,
    role: LocalizedText,
    by: User | None,
    person_name: str = "",
    name_is_public: bool = False,
    user: User | None = None,
) -> Ambassador:
    """An ambassador of one city; with `user` that person may log introductions."""
    demand_own_party(partnership, party)
    with transaction.atomic():
        made = Ambassador.objects.create(
            partnership=partnership,
            party=party,
            role=role,
            person_name=person_name,
            name_is_public=name_is_public,
            user=user,
        )
        trail.record("ambassador.appointed", made, by=by, partnership=partnership.pk)
    return made


def release(ambassador: Ambassador, *, by: User | None) -> None:
    """The ambassador steps down today; what they logged stays. Nothing the second time."""
    with transaction.atomic():
        ended = Ambassador.objects.filter(pk=ambassador.pk, ended_on=None).update(
            ended_on=timezone.localdate()
        )
        if ended:
            trail.record("ambassador.released", ambassador, by=by)
    ambassador.refresh_from_db(fields=["ended_on"])


def introduce(
    ambassador: Ambassador,
    first: Actor,
    second: Actor,
    *,
    on: dt.date,
    by: User | None,
    note: str = "",
) -> Introduction:
    """Log that two actors met; raises SameActorTwice, IntroducedInTheFuture."""
    if first.pk == second.pk:
        raise SameActorTwice("same-actor-twice", _("Choose two different actors."))
    if on > timezone.localdate():
        raise IntroducedInTheFuture("in-the-future", _("This day has not come yet."))
    with transaction.atomic():
        made = Introduction.objects.create(
            ambassador=ambassador, first=first, second=second, on=on, note=note
        )
        trail.record("introduction.logged", made, by=by, partnership=ambassador.partnership_id)
    return made

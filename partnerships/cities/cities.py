"""The profile of a city or region: words, region around it, strengths by kind."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText, digest_of
from partnerships.models import Actor, Municipality
from partnerships.models.actor import sort_field

SHOWN = 5


class StrengthExists(DomainError):
    """The strength stands on the list already."""


class LiesInItself(DomainError):
    """A region lies around a city, never around itself, and only regions hold cities."""


@dataclasses.dataclass(frozen=True)
class Sector:
    """Actors of one sector: how many there are, and the first few of them."""

    value: str
    label: str
    number: int
    actors: Sequence[Actor]


def describe(
    city: Municipality,
    *,
    profile: LocalizedText,
    region: str,
    lies_in: Municipality | None,
    by: User | None,
) -> None:
    """New words about a city and its region; raises LiesInItself."""
    if lies_in is not None and (lies_in.pk == city.pk or lies_in.kind != Municipality.Kind.REGION):
        raise LiesInItself("lies-in-itself", _("Choose a region that lies around this place."))
    with transaction.atomic():
        Municipality.objects.filter(pk=city.pk).update(
            profile=profile, region=region, lies_in=lies_in
        )
        trail.record("municipality.described", city, by=by)


def add_strength(
    city: Municipality,
    kind: Municipality.StrengthKind,
    text: LocalizedText,
    *,
    by: User | None,
    is_unique: bool = False,
) -> None:
    """One strength more at the end of the list; raises StrengthExists."""
    words = {language: text.get(language) for language in text.stored}
    with transaction.atomic():
        locked = Municipality.objects.select_for_update().get(pk=city.pk)
        if any(each["text"] == words for each in locked.strengths):
            raise StrengthExists("strength-exists", _("This strength stands on the list already."))
        entry = {"kind": str(kind), "unique": is_unique, "text": words}
        _keep(locked, [*locked.strengths, entry], by=by)
    city.strengths = locked.strengths


def drop_strength(city: Municipality, key: str, *, by: User | None) -> None:
    """Strike the strength with this key (see Municipality.strengths_by_kind), if it is there."""
    with transaction.atomic():
        locked = Municipality.objects.select_for_update().get(pk=city.pk)
        kept = [
            each for each in locked.strengths if digest_of(json.dumps(each, sort_keys=True)) != key
        ]
        _keep(locked, kept, by=by)
    city.strengths = kept


def _keep(locked: Municipality, strengths: list[dict[str, object]], *, by: User | None) -> None:
    Municipality.objects.filter(pk=locked.pk).update(strengths=strengths)
    locked.strengths = strengths
    trail.record("municipality.strengths", locked, by=by, number=len(strengths))


def ecosystem(
    city: Municipality, user: User | AnonymousUser, language: str
) -> tuple[list[Sector], list[Actor]]:
    """Actors of the city by sector, and some of the region around it; three queries."""
    own = Actor.objects.visible_to(user).filter(municipality=city)
    numbers = dict(own.order_by().values_list("sector").annotate(n=Count("pk")))
    first = own.annotate(
        place=Window(RowNumber(), partition_by=F("sector"), order_by=sort_field(language))
    ).filter(place__lte=SHOWN)
    shown: dict[str, list[Actor]] = {}
    for actor in sorted(first, key=lambda actor: getattr(actor, sort_field(language))):
        shown.setdefault(actor.sector, []).append(actor)
    sectors = [
        Sector(sector.value, str(sector.label), numbers[sector.value], shown[sector.value])
        for sector in Actor.Sector
        if sector.value in numbers
    ]
    around = Q(municipality__lies_in=city)
    if city.lies_in_id is not None:
        around |= Q(municipality=city.lies_in_id) | Q(municipality__lies_in=city.lies_in_id)
    regional = (
        Actor.objects.visible_to(user)
        .filter(around)
        .exclude(municipality=city)
        .select_related("municipality")
        .sorted_for(language)[: 2 * SHOWN]
    )
    return sectors, list(regional)

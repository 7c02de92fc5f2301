"""Finding entries of the directory: what readers filter by, letter groups, and similar names.

One function says which entries a reader sees; page, count, groups and export all ask it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Count, Q
from django.db.models.functions import Left

from foundation.accounts.models import User
from foundation.languages import search_key
from partnerships.directory import alphabet
from partnerships.models import Actor, Municipality, Topic
from partnerships.models.actor import ActorQuerySet, sort_field

Reader = User | AnonymousUser | None
# From here on a name is called similar; 1 is the same. Below lie other branches of one house.
SIMILAR = 0.5


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What a reader looks for; empty means any. Cities, topics and industries by their slug."""

    q: str = ""
    kind: str = ""
    sector: str = ""
    industry: str = ""
    topic: str = ""
    city: str = ""
    country: str = ""


def search(
    user: Reader, *, language: str, wanted: Wanted | None = None, letters: str = ""
) -> ActorQuerySet:
    """Entries that `user` may see and looks for, in the order of the reader's language.

    Every word of `q` is found anywhere in the name, whatever its accents; `letters` is "F-J".
    """
    found = matching(user, wanted or Wanted()).sorted_for(language)
    group = alphabet.group_at(letters, language)
    if group is None:
        return found
    column = sort_field(language)
    lower = {} if group.first == "a" else {f"{column}__gte": group.first}
    return found.filter(**lower, **{f"{column}__lt": group.below})


def matching(user: Reader, wanted: Wanted) -> ActorQuerySet:
    """Entries that `user` may see and looks for, unsorted."""
    found = Actor.objects.visible_to(user)
    for word in search_key(wanted.q).split():
        found = found.filter(folded__contains=word)
    same = {
        "kind": wanted.kind,
        "sector": wanted.sector,
        "municipality__slug": wanted.city,
        "municipality__country": wanted.country,
    }
    found = found.filter(**{field: value for field, value in same.items() if value})
    for slug in (wanted.industry, wanted.topic):
        if slug:
            found = found.filter(topics__slug=slug)
    return found


def letter_counts(user: Reader, wanted: Wanted, language: str) -> dict[str, int]:
    """How many of the entries looked for begin with each character of the sort key."""
    rows = (
        matching(user, wanted)
        .annotate(letter=Left(sort_field(language), 1))
        .order_by()
        .values_list("letter")
        .annotate(Count("pk"))
    )
    return dict(rows)


def similar_to(
    user: Reader, name: str, *, but: Actor | None = None, at_most: int = 5
) -> Sequence[Actor]:
    """Entries with a name much like `name`, most alike first; `but` is the one being edited."""
    key = search_key(name)
    if len(key) < 3:
        return []
    alike = Q(folded__trigram_similar=key)
    if " " in key or len(key) >= 6:
        alike |= Q(folded__contains=key)
    found = Actor.objects.visible_to(user).filter(alike).select_related("municipality")
    if but is not None:
        found = found.exclude(pk=but.pk)
    ranked = found.annotate(alike=TrigramSimilarity("folded", key)).order_by("-alike", "pk")
    return [
        each for each in ranked[:at_most] if each.alike >= SIMILAR or f" {key}" in f" {each.folded}"
    ]


@dataclasses.dataclass(frozen=True)
class Options:
    """What can be chosen in the filters, in the reader's language: (slug, name)."""

    cities: list[tuple[str, str]]
    countries: list[tuple[str, str]]
    industries: list[tuple[str, str]]
    topics: list[tuple[str, str]]


def options() -> Options:
    """Cities, their countries, industries and topics; two queries."""
    cities = list(Municipality.objects.all())
    topics = list(Topic.objects.all())
    countries = {city.country: city.country_name for city in cities}
    industry = Topic.Kind.INDUSTRY
    return Options(
        cities=[(city.slug, str(city)) for city in cities],
        countries=sorted(countries.items(), key=lambda pair: search_key(pair[1])),
        industries=[(each.slug, str(each)) for each in topics if each.kind == industry],
        topics=[(each.slug, str(each)) for each in topics if each.kind != industry],
    )

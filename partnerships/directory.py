"""The directory of cities, topics and actors, sorted as readers of each language expect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText, sort_key
from partnerships.models import Actor, Municipality, Topic
from partnerships.models.actor import ActorQuerySet, sort_field


class EntryExists(DomainError):
    """An entry of this name is there already."""


# A–E, F–J, K–O, P–T, U–Z: first letters of the sort key; what is no letter comes first.
LETTER_GROUPS = ("A-E", "F-J", "K-O", "P-T", "U-Z")


def list_actor(
    name: str,
    *,
    kind: Actor.Kind,
    sector: Actor.Sector,
    by: User | None,
    municipality: Municipality | None = None,
    slug: str = "",
    description: LocalizedText | None = None,
    website: str = "",
    topics: Iterable[Topic] = (),
    is_fictional: bool = False,
) -> Actor:
    """A new entry of the directory; raises EntryExists for the same name in the same city."""
    name = " ".join(name.split())
    with transaction.atomic():
        actor, created = Actor.objects.get_or_create(
            name=name,
            municipality=municipality,
            defaults={
                "slug": slug or _free_slug(name),
                "kind": kind,
                "sector": sector,
                "description": description or LocalizedText(),
                "website": website,
                "is_fictional": is_fictional,
                "sort_de": sort_key(name, "de"),
                "sort_en": sort_key(name, "en"),
                "sort_fi": sort_key(name, "fi"),
            },
        )
        if not created:
            raise EntryExists("actor-exists", _("This actor is in the directory already."))
        actor.topics.set(topics)
        trail.record("actor.listed", actor, by=by)
    return actor


def list_municipality(
    slug: str,
    *,
    name: LocalizedText,
    country: str,
    by: User | None,
    kind: Municipality.Kind = Municipality.Kind.CITY,
    region: str = "",
    time_zone: str = "Europe/Berlin",
    profile: LocalizedText | None = None,
    strengths: Mapping[str, Sequence[str]] | None = None,
    place: tuple[Decimal, Decimal] | None = None,
    is_fictional: bool = False,
) -> Municipality:
    """A city or region; `place` is (latitude, longitude) in degrees. Raises EntryExists."""
    latitude, longitude = place or (None, None)
    with transaction.atomic():
        city, created = Municipality.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "kind": kind,
                "country": country,
                "region": region,
                "time_zone": time_zone,
                "profile": profile or LocalizedText(),
                "strengths": {key: list(words) for key, words in (strengths or {}).items()},
                "latitude": latitude,
                "longitude": longitude,
                "is_fictional": is_fictional,
                "sort_de": sort_key(name.best("de")[0], "de"),
            },
        )
        if not created:
            raise EntryExists("municipality-exists", _("This city is in the directory already."))
        trail.record("municipality.listed", city, by=by)
    return city


def list_topic(
    slug: str,
    *,
    name: LocalizedText,
    by: User | None,
    kind: Topic.Kind = Topic.Kind.TOPIC,
) -> Topic:
    """A topic, industry or research focus; raises EntryExists."""
    with transaction.atomic():
        topic, created = Topic.objects.get_or_create(
            slug=slug,
            defaults={"name": name, "kind": kind, "sort_de": sort_key(name.best("de")[0], "de")},
        )
        if not created:
            raise EntryExists("topic-exists", _("This topic is in the list already."))
        trail.record("topic.listed", topic, by=by)
    return topic


def _free_slug(name: str) -> str:
    stem = slugify(name)[:100] or "eintrag"
    taken = set(Actor.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)


def search(
    user: User | AnonymousUser,
    *,
    language: str,
    q: str = "",
    kind: str = "",
    sector: str = "",
    letters: str = "",
) -> ActorQuerySet:
    """Entries that `user` may see, filtered, in the order of the reader's language.

    `q` is found anywhere in the name, whatever its accents; `letters` is one of LETTER_GROUPS.
    """
    found = Actor.objects.visible_to(user).sorted_for(language)
    if words := sort_key(q, "de"):
        found = found.filter(sort_de__contains=words)
    if kind:
        found = found.filter(kind=kind)
    if sector:
        found = found.filter(sector=sector)
    if letters in LETTER_GROUPS:
        first, last = letters.lower().split("-")
        column = sort_field(language)
        # å, ä and ö follow z in Finnish: the last group runs to the end of the alphabet.
        end = {} if last == "z" else {f"{column}__lt": chr(ord(last) + 1)}
        found = found.filter(**{f"{column}__gte": first}, **end)
    return found

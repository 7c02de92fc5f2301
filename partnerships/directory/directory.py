"""The directory of cities, topics and actors, sorted as readers of each language expect."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText, sort_key
from partnerships.models import Actor, Municipality, Topic
from partnerships.models.actor import name_keys


class EntryExists(DomainError):
    """An entry of this name is there already."""


# Beside these no entry can have an address: pages of the directory itself live there.
RESERVED = frozenset({"neu", "aehnlich", "import", "doppelt", "pruefliste", "angaben", "anfrage"})


class ConsentMissing(DomainError):
    """The entry was taken out at the wish of its contact."""


@dataclasses.dataclass(frozen=True)
class Listing:
    """What an entry of the directory says, apart from its keys."""

    name: str
    kind: str
    sector: str
    municipality: Municipality | None = None
    description: LocalizedText = dataclasses.field(default_factory=LocalizedText)
    website: str = ""
    topics: Sequence[Topic] = ()
    is_published: bool = True
    is_fictional: bool = False

    def columns(self) -> dict[str, Any]:
        """The columns of the row, with the keys that follow from the name."""
        kept = {
            field.name: getattr(self, field.name)
            for field in dataclasses.fields(self)
            if field.name != "topics"
        }
        name = one_line(self.name)
        return {**kept, "name": name, **name_keys(name)}


def one_line(name: str) -> str:
    """A name without line breaks and doubled spaces."""
    return " ".join(name.split())


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
    is_published: bool = True,
    is_fictional: bool = False,
) -> Actor:
    """A new entry of the directory; raises EntryExists for the same name in the same city."""
    listing = Listing(
        name=name,
        kind=kind,
        sector=sector,
        municipality=municipality,
        description=description or LocalizedText(),
        website=website,
        is_published=is_published,
        is_fictional=is_fictional,
    )
    columns = listing.columns()
    with transaction.atomic():
        actor, created = Actor.objects.standing().get_or_create(
            name=columns.pop("name"),
            municipality=columns.pop("municipality"),
            defaults={"slug": slug or free_slugs([name])[0], **columns},
        )
        if not created:
            raise _exists()
        actor.topics.set(topics)
        trail.record("actor.listed", actor, by=by)
    return actor


def list_actors(listings: Sequence[Listing], *, by: User | None) -> list[Actor]:
    """Many new entries at once, in order; a handful of queries. Their names must be free."""
    slugs = free_slugs([listing.name for listing in listings])
    rows = [
        Actor(slug=slug, **listing.columns()) for slug, listing in zip(slugs, listings, strict=True)
    ]
    with transaction.atomic():
        Actor.objects.bulk_create(rows, batch_size=500)
        link_topics(
            (actor, topic.pk)
            for actor, listing in zip(rows, listings, strict=True)
            for topic in listing.topics
        )
        trail.record_all("actor.listed", rows, by=by)
    return rows


def link_topics(pairs: Iterable[tuple[Actor, int]]) -> None:
    """Give entries topics they do not have yet; pairs of entry and id of the topic."""
    through = Actor.topics.through
    through.objects.bulk_create(
        (through(actor_id=actor.pk, topic_id=topic) for actor, topic in pairs), batch_size=1000
    )


def correct_actor(actor: Actor, listing: Listing, *, by: User | None) -> bool:
    """Write what `listing` says; its address stays. False when that changed nothing.

    Raises EntryExists when another entry of that city has the name, ConsentMissing.
    """
    columns = listing.columns()
    changed = {field: new for field, new in columns.items() if getattr(actor, field) != new}
    topics = {topic.pk for topic in listing.topics}
    with transaction.atomic():
        _demand_consent(actor, listing)
        same_topics = topics == set(actor.topics.values_list("pk", flat=True))
        if not changed and same_topics:
            return False
        others = Actor.objects.standing().exclude(pk=actor.pk)
        if others.filter(name=columns["name"], municipality=listing.municipality).exists():
            raise _exists()
        Actor.objects.filter(pk=actor.pk).update(**columns)
        actor.topics.set(topics)
        trail.record("actor.corrected", actor, by=by, fields=" ".join(sorted(changed)))
    actor.refresh_from_db()
    return True


def _demand_consent(actor: Actor, listing: Listing) -> None:
    removed = Actor.objects.filter(pk=actor.pk, removed_on__isnull=False)
    if listing.is_published and removed.exists():
        raise ConsentMissing(
            "consent-missing",
            _(
                "Its contact had this entry taken out of the directory. Only a new consent shows "
                "it again: invite them, and they can agree in their answer."
            ),
        )


def _exists() -> EntryExists:
    return EntryExists("actor-exists", _("This actor is in the directory already."))


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
    """A city or region; `place` is (latitude, longitude) in degrees. Raises EntryExists.

    `strengths` are words per language in the same order; cities.add_strength sorts them by kind.
    """
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
                "strengths": strengths_of(strengths or {}),
                "latitude": latitude,
                "longitude": longitude,
                "is_fictional": is_fictional,
                "sort_de": sort_key(name.best("de")[0], "de")[:200],
            },
        )
        if not created:
            raise EntryExists("municipality-exists", _("This city is in the directory already."))
        trail.record("municipality.listed", city, by=by)
    return city


def strengths_of(words: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Lists of words per language as strengths of no particular kind."""
    longest = max((len(each) for each in words.values()), default=0)
    return [
        {
            "kind": Municipality.StrengthKind.OTHER.value,
            "unique": False,
            "text": {key: each[n] for key, each in words.items() if n < len(each)},
        }
        for n in range(longest)
    ]


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
            defaults={
                "name": name,
                "kind": kind,
                "sort_de": sort_key(name.best("de")[0], "de")[:200],
            },
        )
        if not created:
            raise EntryExists("topic-exists", _("This topic is in the list already."))
        trail.record("topic.listed", topic, by=by)
    return topic


def free_slugs(names: Sequence[str]) -> list[str]:
    """An address for each name, unlike all that are taken and unlike each other; one query."""
    stems = [slugify(name)[:100].strip("-") or "eintrag" for name in names]
    taken = set(Actor.objects.filter(slug__regex=_beginnings(stems)).values_list("slug", flat=True))
    taken |= RESERVED
    found = []
    for stem in stems:
        slug, n = stem, 1
        while slug in taken:
            n += 1
            slug = f"{stem}-{n}"
        taken.add(slug)
        found.append(slug)
    return found


def _beginnings(stems: Sequence[str]) -> str:
    if len(stems) > 50:
        return "."
    return "^(" + "|".join(sorted(set(stems))) + ")"

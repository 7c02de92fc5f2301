"""Topics, cities and organisations, as the sources name them."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from foundation.languages import LocalizedText
from partnerships.cities import cities
from partnerships.directory import directory
from partnerships.models import Actor, Municipality, Topic

SEED = Path(__file__).with_name("seed.json")
PLACES = {
    "bielefeld": (Decimal("52.02131"), Decimal("8.53319")),
    "tampere": (Decimal("61.49806"), Decimal("23.76027")),
    "ruhr": (Decimal("51.51423"), Decimal("7.46527")),
}
ENGLISH_STRENGTHS = {
    "Maschinen- und Anlagenbau": "Mechanical and plant engineering",
    "Digitalisierung": "Digitalisation",
    "Forschung": "Research",
    "humanzentrierter Ansatz": "Human-centred approach",
    "Smart City Tampere / Einsatz digitaler Technologien": "Smart City Tampere / digital tools",
}
STRENGTH_KINDS = {
    "Maschinen- und Anlagenbau": Municipality.StrengthKind.INDUSTRY,
    "Digitalisierung": Municipality.StrengthKind.DIGITAL,
    "Forschung": Municipality.StrengthKind.RESEARCH,
    "Smart City Tampere / Einsatz digitaler Technologien": Municipality.StrengthKind.DIGITAL,
}
# What only one of the two cities is told to have.
UNIQUE = {"humanzentrierter Ansatz", "Smart City Tampere / Einsatz digitaler Technologien"}
KINDS = {"administration": "municipality", "research": "science"}


@functools.cache
def records() -> tuple[dict[str, Any], ...]:
    """All records of the seed file."""
    return tuple(json.loads(SEED.read_text()))


def of(model: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(key, fields) of every record of one model."""
    for record in records():
        if record["model"] == model:
            yield record["key"], record["fields"]


def load_master_data() -> None:
    """Topics and industries, municipalities, organisations and directory entries; idempotent."""
    for model, kind in (("Topic", Topic.Kind.TOPIC), ("Industry", Topic.Kind.INDUSTRY)):
        for key, fields in of(model):
            if not Topic.objects.filter(slug=key).exists():
                name = LocalizedText.of(
                    "de", fields["name_de"], en=fields["name_en"], fi=fields.get("name_fi", "")
                )
                directory.list_topic(key, name=name, by=None, kind=kind)
    for key, fields in of("Municipality"):
        if not Municipality.objects.filter(slug=key).exists():
            _load_municipality(key, fields)
    for model in ("Organisation", "DirectoryEntry"):
        for _key, fields in of(model):
            if not Actor.objects.filter(name=fields["name"]).exists():
                _load_actor(fields)


def _load_municipality(key: str, fields: dict[str, Any]) -> None:
    city = directory.list_municipality(
        key,
        name=LocalizedText.of("de", fields["name"], en=fields["name"]),
        country=fields["country"],
        by=None,
        kind=Municipality.Kind(fields["kind"]),
        region=fields.get("region", ""),
        time_zone="Europe/Helsinki" if fields["country"] == "FI" else "Europe/Berlin",
        place=PLACES[key],
    )
    for word in fields.get("strengths", []):
        text = LocalizedText.of("de", word, en=ENGLISH_STRENGTHS[word])
        kind = STRENGTH_KINDS.get(word, Municipality.StrengthKind.OTHER)
        cities.add_strength(city, kind, text, is_unique=word in UNIQUE, by=None)


def _load_actor(fields: dict[str, Any]) -> None:
    kind = KINDS.get(fields["kind"], fields["kind"])
    sector = fields.get("sector", "")
    directory.list_actor(
        fields["name"],
        kind=Actor.Kind(kind) if kind in Actor.Kind.values else Actor.Kind.OTHER,
        sector=Actor.Sector(sector) if sector in Actor.Sector.values else _sector_of(kind),
        by=None,
    )


def _sector_of(kind: str) -> Actor.Sector:
    """Directory entries name no sector; the kind of organisation says enough."""
    if kind in {"university", "science", "training_centre"}:
        return Actor.Sector.SCIENCE
    if kind in {"foundation", "association"}:
        return Actor.Sector.CIVIL_SOCIETY
    return Actor.Sector.BUSINESS

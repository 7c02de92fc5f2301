"""What a partnership's page shows in small sets, read in one query: formats, voices, labs, photos.

The rows come as JSON beside their partnership and become model instances without a query each.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from foundation.languages import LocalizedText, LocalizedTextField
from partnerships.models import (
    Ambassador,
    CityLab,
    ExchangeFormat,
    LabSite,
    Milestone,
    NewsItem,
    Partnership,
    Photo,
    Statement,
)

M = TypeVar("M", bound=Model)
NEWEST = 3

FIELDS: dict[type[Model], tuple[str, ...]] = {
    ExchangeFormat: ("id", "position", "name", "mode", "per_year"),
    Statement: ("id", "party_id", "role", "text", "language", "said_on", "source"),
    Milestone: ("id", "title", "on", "is_reached", "after_id", "encounter_id", "project_id"),
    CityLab: ("id", "slug", "name", "state", "purpose", "published_at"),
    NewsItem: ("id", "slug", "title", "place", "on", "source", "published_at"),
    Photo: ("id", "width", "height", "alt", "credit"),
    Ambassador: ("id", "party_id", "role", "person_name", "name_is_public"),
}


@dataclasses.dataclass(frozen=True)
class Album:
    """The small sets of one partnership; `places` are the sites of its labs by the lab's id."""

    formats: Sequence[ExchangeFormat]
    statements: Sequence[Statement]
    milestones: Sequence[Milestone]
    labs: Sequence[CityLab]
    places: dict[int, list[str]]
    news: Sequence[NewsItem]
    ambassadors: Sequence[Ambassador]
    photos: Sequence[Photo]


def album_of(partnership: Partnership, *, drafts: bool) -> Album:
    """One query; `drafts` shows what is not published yet."""
    shown = Q() if drafts else Q(published_at__isnull=False)
    sites = LabSite.objects.filter(lab__partnership=OuterRef("pk")).order_by("party__position")
    row = (
        Partnership.objects.filter(pk=partnership.pk)
        .annotate(
            format_rows=_rows(ExchangeFormat.objects.all()),
            statement_rows=_rows(Statement.objects.all()),
            milestone_rows=_rows(Milestone.objects.all()),
            lab_rows=_rows(CityLab.objects.filter(shown)),
            news_rows=_rows(NewsItem.objects.filter(shown), most=NEWEST),
            ambassador_rows=_rows(Ambassador.objects.filter(ended_on=None)),
            photo_rows=_rows(Photo.objects.standing().filter(news=None, project=None, lab=None)),
            site_rows=ArraySubquery(
                sites.values(
                    value=JSONObject(lab="lab_id", place="place", city="party__municipality__name")
                )
            ),
        )
        .values_list(
            "format_rows",
            "statement_rows",
            "milestone_rows",
            "lab_rows",
            "news_rows",
            "ambassador_rows",
            "photo_rows",
            "site_rows",
        )
        .get()
    )
    places: dict[int, list[str]] = {}
    for site in row[7]:
        places.setdefault(site["lab"], []).append(f"{site['place']} ({words(site['city'])})")
    return Album(
        formats=_built(ExchangeFormat, row[0]),
        statements=_built(Statement, row[1]),
        milestones=_built(Milestone, row[2]),
        labs=_built(CityLab, row[3]),
        places=places,
        news=_built(NewsItem, row[4]),
        ambassadors=_built(Ambassador, row[5]),
        photos=_built(Photo, row[6]),
    )


def words(stored: dict[str, dict[str, str]]) -> LocalizedText:
    """A localized text from its JSON; the source is the language without "from"."""
    return LocalizedText(dict(sorted(stored.items(), key=lambda item: "from" in item[1])))


def _rows(found: QuerySet[Any], *, most: int | None = None) -> ArraySubquery:
    names = {name: name for name in FIELDS[found.model]}
    rows = found.filter(partnership=OuterRef("pk")).values(value=JSONObject(**names))
    return ArraySubquery(rows[:most] if most else rows)


def _built(model: type[M], rows: Sequence[dict[str, Any]]) -> list[M]:
    built = []
    for row in rows:
        values = dict(row)
        for name, value in row.items():
            field = model._meta.get_field(name.removesuffix("_id") if name != "id" else name)
            if isinstance(field, LocalizedTextField):
                values[name] = words(value or {})
            elif name in {"on", "said_on"} and value:
                values[name] = dt.date.fromisoformat(value)
        built.append(model(**values))
    return built

"""What can be found of partnerships: cities, actors, topics, what both sides make, news."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.pages.search.sources import Source
from partnerships.models import (
    Actor,
    Challenge,
    CityLab,
    Municipality,
    NewsItem,
    Partnership,
    Project,
    Topic,
)

NOT_PUBLISHED = Q(published_at=None)

SOURCES = [
    Source(
        "partnership", "partnership", lambda reader: Partnership.objects.visible_to(reader),
        ("name",), ("lead", "target_picture"), "partnership",
        invented="is_fictional", waits=NOT_PUBLISHED,
    ),
    Source(
        "project", "project", lambda reader: Project.objects.visible_to(reader),
        ("title",), ("summary", "citizen_benefit", "result", "funding", "reason"), "project",
        at=("partnership__slug", "slug"), label=_("Joint project"),
        invented="partnership__is_fictional", waits=NOT_PUBLISHED,
    ),
    Source(
        "lab", "project", lambda reader: CityLab.objects.visible_to(reader),
        ("name",), ("purpose", "results"), "lab",
        at=("partnership__slug", "slug"), label=_("City Lab"),
        invented="partnership__is_fictional", waits=NOT_PUBLISHED,
    ),
    Source(
        "city", "city", lambda reader: Municipality.objects.visible_to(reader),
        ("name",), ("profile", "region", "strengths"), "municipality", invented="is_fictional",
    ),
    Source(
        "actor", "actor", lambda reader: Actor.objects.visible_to(reader),
        ("name",), ("description", "municipality__name"), "actor",
        invented="is_fictional", waits=Q(is_published=False),
    ),
    # The taxonomy has nothing private: its pages are everybody's.
    Source("topic", "topic", lambda _reader: Topic.objects.all(), ("name",), (), "topic"),
    Source(
        "challenge", "topic", lambda reader: Challenge.objects.visible_to(reader),
        ("title",), ("description",), "challenge",
        label=_("Shared challenge"), invented="is_fictional",
    ),
    Source(
        "news", "news", lambda reader: NewsItem.objects.visible_to(reader),
        ("title",), ("body", "place", "source"), "news_item",
        at=("slug",), day="on", invented="partnership__is_fictional", waits=NOT_PUBLISHED,
    ),
]  # fmt: skip

"""News with place, date and source, written by the office or a partner and shown once published."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.languages import LocalizedText
from partnerships.addresses import free_slug
from partnerships.deeds import announcements
from partnerships.models import NewsItem, Partnership


def write(
    partnership: Partnership,
    *,
    title: LocalizedText,
    body: LocalizedText,
    place: str,
    on: dt.date,
    source: str,
    by: User | None,
    item: NewsItem | None = None,
    source_url: str = "",
    slug: str = "",
) -> NewsItem:
    """A new item, not public yet, or new words for `item`."""
    values = {
        "title": title,
        "body": body,
        "place": place,
        "on": on,
        "source": source,
        "source_url": source_url,
    }
    with transaction.atomic():
        if item is None:
            slug = slug or free_slug(NewsItem, f"{on:%Y-%m-%d}-{title}")
            item = NewsItem.objects.create(partnership=partnership, slug=slug, **values)
        else:
            NewsItem.objects.filter(pk=item.pk).update(**values)
            item.refresh_from_db()
        trail.record("news.written", item, by=by, partnership=partnership.pk)
    return item


def publish(item: NewsItem, *, by: User | None) -> None:
    """Show the item to everybody who sees the partnership; nothing the second time."""
    with transaction.atomic():
        shown = NewsItem.objects.filter(pk=item.pk, published_at=None).update(
            published_at=timezone.now()
        )
        if shown:
            trail.record("news.published", item, by=by)
            announcements.announce_news(item)
    item.refresh_from_db(fields=["published_at"])

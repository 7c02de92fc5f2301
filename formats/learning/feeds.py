"""What learning networks tell everybody, for feed readers: by the same rule as their pages."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from formats.models import KnowledgeItem, Recommendation
from partnerships.portrait import feed


def entries() -> list[feed.Entry]:
    """Recommendations and what people released from their rooms, the newest first."""
    found = [*_recommendations(), *_released()]
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)[: feed.MOST]


def _recommendations() -> list[feed.Entry]:
    rows = Recommendation.objects.visible_to(AnonymousUser()).select_related("network")
    return [
        feed.Entry(
            f"recommendation/{each.pk}",
            str(each.title),
            each.published_at,
            reverse("recommendation", args=[each.network.slug, each.number]),
            str(each.network),
        )
        for each in rows.order_by("-published_at")[: feed.MOST]
        if each.published_at is not None
    ]


def _released() -> list[feed.Entry]:
    rows = KnowledgeItem.objects.visible_to(AnonymousUser()).to_pass_on()
    return [
        feed.Entry(
            f"knowledge/{each.pk}",
            each.title,
            each.written_at,
            reverse("knowledge_item", args=[each.cohort.network.slug, each.cohort.year, each.pk]),
            str(each.cohort.network),
        )
        for each in rows.select_related("cohort__network").order_by("-written_at")[: feed.MOST]
    ]

"""News of a partnership, as a press office writes them: place, date, source."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from foundation.accounts.models import User
from foundation.languages import LocalizedTextField
from partnerships.models.partnership import Partnership


class NewsItemQuerySet(models.QuerySet["NewsItem"]):
    def visible_to(self, user: User | AnonymousUser) -> NewsItemQuerySet:
        """Published ones of visible partnerships; all of them for those who may see drafts."""
        seen = Partnership.objects.visible_to(user)
        drafts = Partnership.objects.working_for(user)
        return self.filter(partnership__in=seen.values("pk")).filter(
            models.Q(published_at__isnull=False) | models.Q(partnership__in=drafts.values("pk"))
        )


class NewsItem(models.Model):
    """One item; `on` is its dateline, which may lie before its publication here."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="news")
    slug = models.SlugField(max_length=120, unique=True)
    title = LocalizedTextField()
    body = LocalizedTextField()
    place = models.CharField(max_length=120)
    on = models.DateField()
    source = models.CharField(max_length=300)
    source_url = models.URLField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[NewsItemQuerySet] = NewsItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(place="") & ~models.Q(source=""),
                name="news_item_has_place_with_source",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

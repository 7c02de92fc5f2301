"""A photo on a public page, with the words for those who do not see it and the name it is owed.

Without credit and text in both languages the database takes none.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now

from foundation.accounts.models import User
from foundation.documents.models import StoredFile
from foundation.languages import LocalizedTextField
from partnerships.models.lab import CityLab
from partnerships.models.news import NewsItem
from partnerships.models.partnership import Partnership
from partnerships.models.project import Project


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User | AnonymousUser) -> PhotoQuerySet:
        """Standing ones of what `user` may see."""
        places = [
            models.Q(**{f"{place}__isnull": True})
            | models.Q(**{f"{place}__in": model.objects.visible_to(user).values("pk")})
            for place, model in (("news", NewsItem), ("project", Project), ("lab", CityLab))
        ]
        seen = Partnership.objects.visible_to(user)
        return self.standing().filter(*places, partnership__in=seen.values("pk"))

    def standing(self) -> PhotoQuerySet:
        """Those that nobody has taken down."""
        return self.filter(taken_down_at=None)


class Photo(models.Model):
    """One photo of a piece of news, a project or a lab, else of the partnership itself."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="photos")
    news = models.ForeignKey(
        NewsItem, on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    lab = models.ForeignKey(
        CityLab, on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = LocalizedTextField()
    credit = models.CharField(max_length=200)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    brought_at = models.DateTimeField(db_default=Now())
    taken_down_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PhotoQuerySet] = PhotoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(credit__regex=r"\S"), name="photo_has_credit"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    alt__has_keys=["de", "en"],
                    alt__de__has_key="text",
                    alt__en__has_key="text",
                    alt__de__text__regex=r"\S",
                    alt__en__text__regex=r"\S",
                ),
                name="photo_has_words_in_both_languages",
            ),
            models.CheckConstraint(
                condition=models.Q(news=None, project=None)
                | models.Q(news=None, lab=None)
                | models.Q(project=None, lab=None),
                name="photo_in_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(taken_down_at__isnull=False),
                name="photo_erased_is_taken_down",
            ),
            models.UniqueConstraint(
                fields=["partnership", "news", "project", "lab"],
                condition=models.Q(taken_down_at=None),
                nulls_distinct=False,
                name="photo_one_in_a_place",
            ),
        ]

    def __str__(self) -> str:
        return str(self.alt)

    @property
    def place(self) -> NewsItem | Project | CityLab | Partnership:
        """What the photo belongs to."""
        return self.news or self.project or self.lab or self.partnership

"""A city or region with its innovation ecosystem: what it is strong in, where it lies.

Any country: nothing here knows Germany or Finland.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField
from partnerships.countries import country_name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def visible_to(self, user: object) -> MunicipalityQuerySet:
        """Everybody may see every city: master data, nothing personal."""
        return self.all()


class Municipality(models.Model):
    """`strengths` are lists of words per language: {"de": ["Maschinenbau", …], "en": […]}."""

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        REGION = "region", _("Region")

    slug = models.SlugField(max_length=60, unique=True)
    name = LocalizedTextField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CITY)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/Berlin")
    profile = LocalizedTextField()
    strengths = models.JSONField(default=dict)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    is_fictional = models.BooleanField(default=False)
    sort_de = models.CharField(max_length=200, db_index=True)

    objects: ClassVar[MunicipalityQuerySet] = MunicipalityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["sort_de", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(country__regex=r"^[A-Z]{2}$"), name="municipality_country_iso"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="municipality_place_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def country_name(self) -> str:
        """The country in the reader's language."""
        return country_name(self.country)

    def strengths_in(self, language: str) -> list[str]:
        """The strengths in `language`, else in the first language that has any."""
        return self.strengths.get(language) or next(iter(self.strengths.values()), [])

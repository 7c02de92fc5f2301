"""A city or region with its innovation ecosystem: what it is strong in, where it lies.

Any country: nothing here knows Germany or Finland.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField, digest_of
from partnerships.cities.countries import country_name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def visible_to(self, user: object) -> MunicipalityQuerySet:
        """Everybody may see every city: master data, nothing personal."""
        return self.all()


class Municipality(models.Model):
    """`strengths` are a list: {"kind": "industry", "unique": false, "text": {"de": …, "en": …}}.

    `region` is the name of what lies around; `lies_in` is that region where it is in the directory.
    """

    class StrengthKind(models.TextChoices):
        INDUSTRY = "industry", _("Industry")
        DIGITAL = "digital", _("Digitalisation")
        RESEARCH = "research", _("Research")
        OTHER = "other", _("Further strengths")

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
    lies_in = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="places"
    )
    strengths = models.JSONField(default=list)
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
            models.CheckConstraint(
                condition=models.Q(lies_in=None) | ~models.Q(lies_in=models.F("id")),
                name="municipality_lies_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def country_name(self) -> str:
        """The country in the reader's language."""
        return country_name(self.country)

    def strengths_in(self, language: str) -> list[str]:
        """The words of all strengths in `language`, else in the first language that has them."""
        return [_words(each["text"], language) for each in self.strengths]

    def unique_strengths_in(self, language: str) -> list[str]:
        """What sets the city apart (Alleinstellungsmerkmale)."""
        return [_words(each["text"], language) for each in self.strengths if each["unique"]]

    def strengths_by_kind(self, language: str) -> list[tuple[str, list[dict[str, Any]]]]:
        """(kind in words, [{"text", "unique", "key"}]) in the order of the kinds."""
        groups = []
        for kind in self.StrengthKind:
            found = [
                {
                    "text": _words(each["text"], language),
                    "unique": each["unique"],
                    "key": digest_of(json.dumps(each, sort_keys=True)),
                }
                for each in self.strengths
                if each["kind"] == kind
            ]
            if found:
                groups.append((str(kind.label), found))
        return groups


def _words(text: dict[str, str], language: str) -> str:
    return text.get(language) or next(iter(text.values()), "")

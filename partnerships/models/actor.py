"""An entry of the directory: an organisation, programme or expert of an innovation ecosystem.

Names sort as readers of each language expect, by keys stored beside them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField
from partnerships.models.municipality import Municipality
from partnerships.models.topic import Topic


class ActorQuerySet(models.QuerySet["Actor"]):
    def visible_to(self, user: object) -> ActorQuerySet:
        """Entries that were published; the directory is public."""
        return self.filter(is_published=True)

    def sorted_for(self, language: str) -> ActorQuerySet:
        """In the order that readers of `language` expect."""
        return self.order_by(sort_field(language), "name", "pk")


class Actor(models.Model):
    """`municipality` may be empty: external experts belong to no city."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        UNIVERSITY = "university", _("University")
        SCIENCE = "science", _("Research institution")
        COMPANY = "company", _("Company")
        SME = "sme", _("Small or medium-sized company")
        SPIN_OFF = "spin_off", _("Spin-off")
        CHAMBER = "chamber", _("Chamber")
        TRAINING_CENTRE = "training_centre", _("Training centre")
        FOUNDATION = "foundation", _("Foundation")
        ASSOCIATION = "association", _("Association")
        PROGRAMME = "programme", _("Programme")
        EXPERT = "expert", _("Expert")
        OTHER = "other", _("Other organisation")

    class Sector(models.TextChoices):
        ADMINISTRATION = "administration", _("Administration")
        SCIENCE = "science", _("Science")
        BUSINESS = "business", _("Business")
        POLITICS = "politics", _("Politics")
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        OTHER = "other", _("Other sector")

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="actors"
    )
    description = LocalizedTextField()
    website = models.URLField(blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="actors")
    is_published = models.BooleanField(default=True)
    is_fictional = models.BooleanField(default=False)
    sort_de = models.CharField(max_length=300, db_index=True)
    sort_en = models.CharField(max_length=300, db_index=True)
    sort_fi = models.CharField(max_length=300, db_index=True)

    objects: ClassVar[ActorQuerySet] = ActorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["sort_de", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "municipality"], name="actor_once_per_city", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.name


def sort_field(language: str) -> str:
    """The column that sorts names for readers of `language`."""
    return f"sort_{language}" if language in {"de", "en", "fi"} else "sort_de"

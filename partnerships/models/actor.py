"""An entry of the directory: an organisation, programme or expert of an innovation ecosystem.

Names sort as readers of each language expect and are found without accents, by keys stored beside.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts import mandates
from foundation.accounts.models import Role, User
from foundation.languages import LocalizedTextField, search_key, sort_key
from partnerships.models.municipality import Municipality
from partnerships.models.topic import Topic

SORTED = ("de", "en", "fi")


class ActorQuerySet(models.QuerySet["Actor"]):
    def visible_to(self, user: User | AnonymousUser | None) -> ActorQuerySet:
        """Published ones for everybody; all for office and auditors.

        Partners also see unpublished ones of their city, and of partnerships of their city.
        """
        public = models.Q(is_published=True)
        if user is None or not user.is_authenticated:
            return self.filter(public)
        if any(mandates.holds(user, role) for role in (Role.OFFICE, Role.AUDITOR)):
            return self.standing()
        cities = mandates.subjects_of(user, Role.PARTNER, Municipality)
        if not cities:
            return self.filter(public)
        together = self.model._base_manager.filter(
            participations__partnership__parties__municipality_id__in=cities
        )
        own = models.Q(municipality_id__in=cities) | models.Q(pk__in=together.values("pk"))
        return self.standing().filter(public | own)

    def standing(self) -> ActorQuerySet:
        """Without those that were merged into another entry."""
        return self.filter(merged_into=None)

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
    # Its contact had it taken out: only a new consent shows it again.
    removed_on = models.DateField(null=True, blank=True)
    # The day on which the organisation itself said that the entry is right.
    confirmed_on = models.DateField(null=True, blank=True)
    # An entry that was merged stays, hidden: its address leads to the one that was kept.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    sort_de = models.CharField(max_length=300, db_collation="C")
    sort_en = models.CharField(max_length=300, db_collation="C")
    sort_fi = models.CharField(max_length=300, db_collation="C")
    folded = models.CharField(max_length=600, db_collation="C")

    objects: ClassVar[ActorQuerySet] = ActorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["sort_de", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "municipality"],
                name="actor_once_per_city",
                nulls_distinct=False,
                condition=models.Q(merged_into=None),
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(is_published=False),
                name="actor_merged_is_hidden",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_on=None) | models.Q(is_published=False),
                name="actor_removed_is_hidden",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="actor_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=~models.Q(folded="") & ~models.Q(name=""), name="actor_has_name"
            ),
        ]
        indexes = [
            GinIndex(fields=["folded"], name="actor_folded_trigrams", opclasses=["gin_trgm_ops"]),
            *(
                models.Index(
                    fields=[f"sort_{language}", "name", "id"],
                    name=f"actor_public_{language}",
                    condition=models.Q(is_published=True),
                )
                for language in SORTED
            ),
        ]

    def __str__(self) -> str:
        return self.name


def sort_field(language: str) -> str:
    """The column that sorts names for readers of `language`."""
    return f"sort_{language}" if language in SORTED else "sort_de"


def name_keys(name: str) -> dict[str, str]:
    """The columns that are computed from a name, for whoever writes one."""
    keys = {f"sort_{language}": sort_key(name, language)[:300] for language in SORTED}
    return {**keys, "folded": (search_key(name) or name)[:600]}

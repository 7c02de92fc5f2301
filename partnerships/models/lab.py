"""A City Lab: a place, or several, where both cities research and try things out together."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.languages import LocalizedTextField
from partnerships.models.partnership import Partnership, Party
from partnerships.models.topic import Topic


class CityLabQuerySet(models.QuerySet["CityLab"]):
    def visible_to(self, user: User | AnonymousUser) -> CityLabQuerySet:
        """Published ones of visible partnerships; all of them for those who may see drafts."""
        seen = Partnership.objects.visible_to(user)
        drafts = Partnership.objects.working_for(user)
        return self.filter(partnership__in=seen.values("pk")).filter(
            models.Q(published_at__isnull=False) | models.Q(partnership__in=drafts.values("pk"))
        )


class CityLab(models.Model):
    """One lab of one partnership; its places stand in `sites`."""

    class State(models.TextChoices):
        IDEA = "idea", _("idea")
        PLANNED = "planned", _("planned")
        ACTIVE = "active", _("active")
        CLOSED = "closed", _("closed")

    TRANSITIONS = {
        State.IDEA: {State.PLANNED, State.CLOSED},
        State.PLANNED: {State.ACTIVE, State.CLOSED},
        State.ACTIVE: {State.CLOSED},
        State.CLOSED: {State.PLANNED},
    }

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="labs")
    slug = models.SlugField(max_length=120, unique=True)
    name = LocalizedTextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.IDEA)
    purpose = LocalizedTextField()
    results = LocalizedTextField()
    topics = models.ManyToManyField(Topic, blank=True, related_name="labs")
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CityLabQuerySet] = CityLabQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["partnership_id", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class LabSite(models.Model):
    """A place of a lab in one of the cities."""

    lab = models.ForeignKey(CityLab, on_delete=models.PROTECT, related_name="sites")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="lab_sites")
    place = models.CharField(max_length=200)

    class Meta:
        ordering = ["party__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "party", "place"], name="lab_site_once"),
            models.CheckConstraint(condition=~models.Q(place=""), name="lab_site_has_place"),
        ]

    def __str__(self) -> str:
        return self.place

"""A topic that a partnership looks at, from the long list to adopted or dropped.

Per topic it is known who offers expertise and who seeks it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField
from partnerships.models.partnership import Partnership, Party
from partnerships.models.topic import Topic


class Focus(models.Model):
    """One topic, industry or research focus of one partnership."""

    class Status(models.TextChoices):
        LONGLIST = "longlist", _("Long list")
        EXPLORING = "exploring", _("Exploring")
        SHORTLISTED = "shortlisted", _("Shortlisted")
        ADOPTED = "adopted", _("Adopted")
        DROPPED = "dropped", _("Dropped")

    TRANSITIONS = {
        Status.LONGLIST: {Status.EXPLORING, Status.SHORTLISTED, Status.DROPPED},
        Status.EXPLORING: {Status.SHORTLISTED, Status.DROPPED},
        Status.SHORTLISTED: {Status.ADOPTED, Status.DROPPED},
        Status.ADOPTED: {Status.DROPPED},
        Status.DROPPED: {Status.EXPLORING},
    }

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="foci")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="foci")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.LONGLIST)
    position = models.PositiveSmallIntegerField(default=0)
    lead = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="leads"
    )
    offered_by = models.ManyToManyField(Party, blank=True, related_name="offers")
    sought_by = models.ManyToManyField(Party, blank=True, related_name="seeks")
    note = LocalizedTextField()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "foci"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "topic"], name="focus_once"),
        ]

    def __str__(self) -> str:
        return str(self.topic)

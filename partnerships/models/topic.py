"""What cities exchange about: topics, industries and research foci in one list.

One shared focus of any kind is enough for a partnership.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField


class Topic(models.Model):
    """One entry of the taxonomy, named per language."""

    class Kind(models.TextChoices):
        TOPIC = "topic", _("Topic")
        INDUSTRY = "industry", _("Industry")
        RESEARCH = "research", _("Research focus")

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TOPIC)
    name = LocalizedTextField()
    sort_de = models.CharField(max_length=200, db_index=True)

    class Meta:
        ordering = ["sort_de", "pk"]

    def __str__(self) -> str:
        return str(self.name)

"""In which form cities meet: conferences, visits, round tables, labs, and how often.

What was promised per year is later compared with what was held.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField
from partnerships.models.partnership import Partnership


class ExchangeFormat(models.Model):
    """`per_year` is the promised number of meetings; None means without rhythm."""

    class Mode(models.TextChoices):
        LEARN = "learn", _("Learning together")
        DEVELOP = "develop", _("Developing together")
        ACT = "act", _("Acting together")

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="exchange_formats"
    )
    position = models.PositiveSmallIntegerField()
    name = LocalizedTextField()
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.LEARN)
    per_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "position"], name="exchange_format_position_once"
            ),
            models.CheckConstraint(
                condition=models.Q(per_year=None) | models.Q(per_year__range=(1, 52)),
                name="exchange_format_rhythm_sane",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

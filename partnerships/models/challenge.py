"""Questions that cities share: who faces them, and who has found an answer already.

Cities of any country stand in one catalogue; joint projects point at their challenge.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedTextField
from partnerships.models.municipality import Municipality
from partnerships.models.topic import Topic


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def visible_to(self, user: object) -> ChallengeQuerySet:
        """Everybody may see every challenge: nothing in the catalogue is private."""
        return self.all()


class Challenge(models.Model):
    """One shared challenge; `topic` is where it stands in the taxonomy."""

    slug = models.SlugField(max_length=80, unique=True)
    title = LocalizedTextField()
    description = LocalizedTextField()
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="challenges")
    is_fictional = models.BooleanField(default=False)
    sort_de = models.CharField(max_length=200, db_index=True)

    objects: ClassVar[ChallengeQuerySet] = ChallengeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["sort_de", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title={}), name="challenge_has_title"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class CityChallenge(models.Model):
    """A city faces a challenge; with words in `solution` it has an answer to share."""

    class Stance(models.TextChoices):
        SEEKS = "seeks", _("looks for a solution")
        TRIES = "tries", _("tries a solution out")
        SOLVED = "solved", _("has a solution")

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="cities")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="challenges"
    )
    stance = models.CharField(max_length=8, choices=Stance.choices, default=Stance.SEEKS)
    solution = LocalizedTextField()
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["municipality__sort_de", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "municipality"], name="city_challenge_once"
            ),
            models.CheckConstraint(
                condition=models.Q(stance="seeks") | ~models.Q(solution={}),
                name="city_challenge_solution_told",
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)

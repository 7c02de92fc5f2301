"""The catalogue of challenges: entering one, and saying which city faces it or has an answer."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Prefetch
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError
from foundation.languages import LocalizedText, sort_key
from partnerships.models import Challenge, CityChallenge, Municipality, Topic
from partnerships.models.challenge import ChallengeQuerySet

Stance = CityChallenge.Stance


class ChallengeExists(DomainError):
    """A challenge of this name is in the catalogue already."""


class SolutionMissing(DomainError):
    """A city is said to have or try a solution, but nobody says which."""


def list_challenge(
    *,
    title: LocalizedText,
    topic: Topic,
    by: User | None,
    description: LocalizedText | None = None,
    slug: str = "",
    is_fictional: bool = False,
) -> Challenge:
    """A new entry of the catalogue; raises ChallengeExists for the same title."""
    name = title.best("de")[0]
    with transaction.atomic():
        challenge, created = Challenge.objects.get_or_create(
            slug=slug or slugify(name)[:80] or "frage",
            defaults={
                "title": title,
                "topic": topic,
                "description": description or LocalizedText(),
                "is_fictional": is_fictional,
                "sort_de": sort_key(name, "de")[:200],
            },
        )
        if not created:
            raise ChallengeExists(
                "challenge-exists", _("This challenge is in the catalogue already.")
            )
        trail.record("challenge.listed", challenge, by=by)
    return challenge


def reword(
    challenge: Challenge,
    *,
    title: LocalizedText,
    description: LocalizedText,
    topic: Topic,
    by: User | None,
) -> None:
    """New words or another topic; the address stays."""
    with transaction.atomic():
        Challenge.objects.filter(pk=challenge.pk).update(
            title=title,
            description=description,
            topic=topic,
            sort_de=sort_key(title.best("de")[0], "de")[:200],
        )
        trail.record("challenge.reworded", challenge, by=by)


def take_stance(
    challenge: Challenge,
    municipality: Municipality,
    *,
    stance: CityChallenge.Stance,
    by: User | None,
    solution: LocalizedText | None = None,
    website: str = "",
) -> CityChallenge:
    """Say how a city stands to a challenge, or say it anew; raises SolutionMissing."""
    if stance != Stance.SEEKS and not solution:
        raise SolutionMissing(
            "solution-missing", _("Say in a sentence what the solution of this city is.")
        )
    with transaction.atomic():
        place, _created = CityChallenge.objects.update_or_create(
            challenge=challenge,
            municipality=municipality,
            defaults={
                "stance": stance,
                "solution": solution or LocalizedText(),
                "website": website,
            },
        )
        trail.record(
            "challenge.stance", challenge, by=by, municipality=municipality.pk, stance=stance
        )
    return place


def with_cities(challenges: ChallengeQuerySet) -> ChallengeQuerySet:
    """The same challenges with topic and cities read along; three queries in all."""
    cities = CityChallenge.objects.select_related("municipality")
    return challenges.select_related("topic").prefetch_related(Prefetch("cities", queryset=cities))

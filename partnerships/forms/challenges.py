"""Forms of the catalogue of challenges."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.words import REQUIRED, WordsForm
from partnerships.models import CityChallenge, Municipality, Topic
from partnerships.models.municipality import MunicipalityQuerySet


class ChallengeForm(WordsForm):
    """A challenge in words, and where it belongs."""

    WORDS = {
        "title": (_("Challenge, as a short question"), 1, True),
        "description": (_("Why it matters to people in the city"), 4, False),
    }

    topic = forms.ModelChoiceField(Topic.objects.all(), label=_("Topic"), error_messages=REQUIRED)


class StanceForm(WordsForm):
    """How one city stands to the challenge."""

    WORDS = {"solution": (_("The solution in a sentence or two"), 3, False)}

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("City or region"), error_messages=REQUIRED
    )
    stance = forms.ChoiceField(
        label=_("Where the city stands"),
        choices=CityChallenge.Stance.choices,
        error_messages=REQUIRED,
    )
    website = forms.URLField(
        label=_("Page about the solution"), max_length=200, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, cities: MunicipalityQuerySet, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["municipality"].queryset = cities  # type: ignore[attr-defined]
        self.order_fields(["municipality", "stance"])

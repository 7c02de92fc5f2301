"""Forms of the directory: searching it, and new cities, topics and actors."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.directory import LETTER_GROUPS
from partnerships.forms.words import REQUIRED, WordsForm
from partnerships.models import Actor, Municipality, Topic


class ActorFilterForm(forms.Form):
    """What is looked for; every field may be empty."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *Actor.Kind.choices]
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("all")), *Actor.Sector.choices]
    )
    letters = forms.ChoiceField(
        required=False,
        choices=[("", ""), *((group, group) for group in LETTER_GROUPS)],
        widget=forms.HiddenInput,
    )


class ActorForm(WordsForm):
    """A new entry of the directory."""

    WORDS = {"description": (_("Description"), 3, False)}

    name = forms.CharField(label=_("Name"), max_length=300, error_messages=REQUIRED)
    kind = forms.ChoiceField(label=_("Kind"), choices=Actor.Kind.choices)
    sector = forms.ChoiceField(label=_("Sector"), choices=Actor.Sector.choices)
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("City"), required=False, empty_label=_("none")
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")


class MunicipalityForm(WordsForm):
    """A new city or region."""

    WORDS = {"name": (_("Name"), 1, True)}

    slug = forms.SlugField(label=_("Short name in addresses"), error_messages=REQUIRED)
    kind = forms.ChoiceField(label=_("Kind"), choices=Municipality.Kind.choices)
    country = forms.RegexField(
        r"^[A-Z]{2}$",
        label=_("Country"),
        help_text=_("Two capital letters, for example DE or FI."),
        error_messages={**REQUIRED, "invalid": _("Write two capital letters.")},
    )
    region = forms.CharField(label=_("Region around it"), max_length=120, required=False)
    is_fictional = forms.BooleanField(
        label=_("This place is invented, for a demonstration."), required=False
    )


class TopicForm(WordsForm):
    """A new topic, industry or research focus."""

    WORDS = {"name": (_("Name"), 1, True)}

    slug = forms.SlugField(label=_("Short name in addresses"), error_messages=REQUIRED)
    kind = forms.ChoiceField(label=_("Kind"), choices=Topic.Kind.choices)

"""Forms of the directory: new cities and topics."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.words import REQUIRED, WordsForm
from partnerships.models import Municipality, Topic


class MunicipalityForm(WordsForm):
    """A new city or region."""

    WORDS = {"name": (_("Name"), 1, True)}

    slug = forms.SlugField(
        label=_("Short name in addresses"), max_length=60, error_messages=REQUIRED
    )
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

    slug = forms.SlugField(
        label=_("Short name in addresses"), max_length=60, error_messages=REQUIRED
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Topic.Kind.choices)

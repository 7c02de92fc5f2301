"""Forms of the profile of a city."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedText
from partnerships.forms.watching import WatchedForm
from partnerships.forms.words import LANGUAGES, REQUIRED, WordsForm, words_field
from partnerships.models import Municipality
from partnerships.wording.wording import reworded

SPOKEN = {**LANGUAGES, "fi": _("Finnish")}


class ProfileForm(WatchedForm):
    """Words about a city in three languages, and the region around it."""

    region = forms.CharField(
        label=_("Name of the region around it"), max_length=120, required=False
    )
    lies_in = forms.ModelChoiceField(
        Municipality.objects.filter(kind=Municipality.Kind.REGION),
        label=_("That region in the directory"),
        required=False,
        empty_label=_("not in the directory"),
    )

    def __init__(self, *args: Any, city: Municipality, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.profile = city.profile
        self.initial.update(region=city.region, lies_in=city.lies_in_id)
        for language, spoken in SPOKEN.items():
            field = words_field(_("Profile"), spoken, 4, required=False)
            self.fields[f"profile_{language}"] = field
            self.initial[f"profile_{language}"] = city.profile.get(language)
        self.order_fields([f"profile_{language}" for language in SPOKEN])
        self.watch()

    def words(self) -> LocalizedText:
        """The profile as it is after this form."""
        typed = {language: self.cleaned_data[f"profile_{language}"] for language in SPOKEN}
        return reworded(self.profile, typed)


class StrengthForm(WordsForm):
    """One strength in German and English, Finnish if somebody knows it."""

    WORDS = {"text": (_("Strength"), 1, True)}

    text_fi = words_field(_("Strength"), _("Finnish"), 1, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Municipality.StrengthKind.choices, error_messages=REQUIRED
    )
    is_unique = forms.BooleanField(
        label=_("This sets the city apart from others (unique strength)."), required=False
    )

    def strength(self) -> LocalizedText:
        """The strength in all languages that were typed."""
        typed = self.cleaned_data
        return LocalizedText.of("de", typed["text_de"], en=typed["text_en"], fi=typed["text_fi"])

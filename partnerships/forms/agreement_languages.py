"""Forms for one language of an agreement: its release, and the texts that come from data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.watching import WatchedForm
from partnerships.forms.words import REQUIRED
from partnerships.wording.translations import DataText


class ReleaseForm(forms.Form):
    """Who answers for the words with this digest."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name of the person who checked this language"),
        max_length=200,
        error_messages=REQUIRED,
    )
    function = forms.CharField(
        label=_("Function"),
        help_text=_("For example: translation service of the city."),
        max_length=200,
        error_messages=REQUIRED,
    )


class TranslateForm(WatchedForm):
    """One field for each text, with the source above it; empty ones stay as they are."""

    still_fits = forms.BooleanField(
        label=_("What I left as it was fits the other languages."), required=False
    )

    def __init__(self, *args: Any, texts: Sequence[DataText], language: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        made: dict[str, forms.Field] = {}
        for each in texts:
            source = each.text.get(each.text.source or "")
            field = forms.CharField(
                label=each.place,
                required=False,
                help_text="" if each.text.source == language else source,
                initial=each.text.get(language),
                widget=forms.Textarea(attrs={"rows": 3}) if len(source) > 80 else forms.TextInput(),
            )
            made[each.key] = field
        self.texts = list(made)
        self.fields = {**made, **self.fields}
        self.watch(*(each.text.get(each.text.source or "") for each in texts))

    @property
    def typed(self) -> dict[str, str]:
        """The words by key, without those that were left empty."""
        return {key: self.cleaned_data[key] for key in self.texts if self.cleaned_data[key]}

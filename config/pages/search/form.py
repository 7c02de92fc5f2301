"""The one field of the search, and what is said when nothing can be looked for."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.pages.search.words import words_of

MOST_CHARACTERS = 300


class SearchForm(forms.Form):
    """`words` are what is looked for, once the form is valid."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        help_text=_("A word, several words or a number. The beginning of a word is enough."),
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )

    words: list[str] = []

    def clean_q(self) -> str:
        asked: str = self.cleaned_data["q"]
        if len(asked) > MOST_CHARACTERS:
            raise ValidationError(
                _("Please shorten it to %(most)s characters; it has %(number)s now."),
                params={"most": MOST_CHARACTERS, "number": len(asked)},
            )
        self.words = words_of(asked)
        if not any(len(word) > 1 for word in self.words):
            raise ValidationError(_("Please write at least one word of two letters or more."))
        return asked

"""Fields that come in pairs, one per language, and the text that they make together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedText
from partnerships.forms.watching import WatchedForm
from partnerships.wording.wording import reworded

LANGUAGES = {"de": _("German"), "en": _("English")}
REQUIRED = {"required": _("Please fill this in.")}


class WordsForm(WatchedForm):
    """`WORDS` names the localized texts: {"title": (label, rows, required)}.

    With `texts` it changes what stands already, and watches that nobody else does meanwhile.
    """

    WORDS: dict[str, tuple[Any, int, bool]] = {}
    # Not where a version number of its own says on what the words are based.
    WATCHES = True

    def __init__(
        self, *args: Any, texts: Mapping[str, LocalizedText] | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.texts = texts or {}
        for name in self.WORDS:
            text = self.texts.get(name, LocalizedText())
            for language in LANGUAGES:
                self.initial.setdefault(f"{name}_{language}", text.get(language))
        pairs = {}
        for name, (label, rows, required) in self.WORDS.items():
            for language, spoken in LANGUAGES.items():
                pairs[f"{name}_{language}"] = words_field(label, spoken, rows, required=required)
        self.fields = {**pairs, **self.fields}
        if self.texts and self.WATCHES:
            self.watch()

    def words(self, name: str) -> LocalizedText:
        """The text `name` as it is after this form."""
        typed = {language: self.cleaned_data[f"{name}_{language}"] for language in LANGUAGES}
        return reworded(self.texts.get(name, LocalizedText()), typed)


def words_field(label: Any, spoken: Any, rows: int, *, required: bool) -> forms.CharField:
    """One language of a text; `rows` 1 makes a line, more make a box."""
    widget = forms.TextInput() if rows == 1 else forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=_("%(label)s – %(language)s") % {"label": label, "language": spoken},
        required=required,
        max_length=200 if rows == 1 else 4000,
        widget=widget,
        error_messages=REQUIRED,
    )


def day_field(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    """A day, typed or chosen."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            **REQUIRED,
            "invalid": _("Write the date like 2027-12-31 or 31.12.2027."),
        },
    )

"""Forms that ask for a text in German and, if there is one, in English."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedText


@dataclasses.dataclass(frozen=True)
class Asked:
    """One text that a form asks for: label, longest length, hint; `rows` > 1 gives a text area."""

    label: Any
    longest: int = 200
    rows: int = 1
    hint: Any = ""
    required: bool = True


class LocalizedForm(forms.Form):
    """Adds the fields <name>_de (required as asked) and <name>_en for every entry of `texts`.

    `kept` are the texts that the form changes: a translation that nobody touched stays made from
    the German that it was made from.
    """

    texts: ClassVar[dict[str, Asked]] = {}

    def __init__(
        self, *args: Any, kept: Mapping[str, LocalizedText] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept or {}
        for name, asked in self.texts.items():
            for language in ("de", "en"):
                self.fields[f"{name}_{language}"] = _field(asked, language)

    def text(self, name: str) -> LocalizedText:
        """What was typed for `name`; German is the source."""
        return self.retyped(name, self.kept.get(name, LocalizedText()))

    def retyped(self, name: str, kept: LocalizedText) -> LocalizedText:
        """`kept` with what was typed into <name>_de and <name>_en."""
        german = _clean(self.cleaned_data[f"{name}_de"])
        english = _clean(self.cleaned_data[f"{name}_en"])
        made = LocalizedText.of("de", german, en=english)
        if english and english == kept.get("en") and kept.source == "de":
            return LocalizedText(made.stored | {"en": kept.stored["en"]})
        return made

    def all_texts(self) -> dict[str, LocalizedText]:
        """Every asked text by its name."""
        return {name: self.text(name) for name in self.texts}


def _clean(typed: str) -> str:
    return typed.replace("\r\n", "\n").strip()


def initial_of(name: str, text: LocalizedText) -> dict[str, str]:
    """Initial values that show `text` in a LocalizedForm."""
    return {f"{name}_{language}": text.get(language) for language in ("de", "en")}


def _field(asked: Asked, language: str) -> forms.CharField:
    german = language == "de"
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": asked.rows}) if asked.rows > 1 else forms.TextInput()
    )
    label = asked.label if german else _("%(label)s, in English") % {"label": asked.label}
    return forms.CharField(
        label=label,
        max_length=asked.longest,
        required=german and asked.required,
        widget=widget,
        help_text=asked.hint if german else "",
    )

"""The choice of two texts to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.wording.comparison import Text


class CompareForm(forms.Form):
    """From which text to which; any two of those that there are."""

    von = forms.ChoiceField(label=_("From"))
    bis = forms.ChoiceField(label=_("Compared with"))

    def __init__(self, *args: Any, texts: Sequence[Text], **kw: Any) -> None:
        super().__init__(*args, **kw)
        for field in self.fields.values():
            choices = [(text.key, text.label) for text in texts]
            field.choices = choices  # type: ignore[attr-defined]
            field.error_messages |= {"invalid_choice": _("There is no such version.")}

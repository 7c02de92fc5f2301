"""Forms to talk about a clause: a comment, a suggested change, and the answer to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.words import REQUIRED, words_field
from partnerships.wording.clauses import MAX_LENGTH, MAX_PARAGRAPHS, Clause
from partnerships.wording.lamps import LANGUAGE_NAMES


class CommentForm(forms.Form):
    """A comment, and whether it stays with one's own side."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=REQUIRED,
    )
    is_internal = forms.BooleanField(
        label=_("Only for my own side"),
        help_text=_("The other city does not see it, nor does the office unless you are of it."),
        required=False,
    )


class SuggestForm(forms.Form):
    """The clause as somebody would have it, in as many languages as they can."""

    reason = forms.CharField(
        label=_("Why"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, clause: Clause, languages: Sequence[str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.languages = languages
        limits = _("At most %(length)d characters and %(paragraphs)d paragraphs.") % {
            "length": MAX_LENGTH,
            "paragraphs": MAX_PARAGRAPHS,
        }
        made: dict[str, forms.Field] = {}
        for language in languages:
            field = words_field(_("Text"), LANGUAGE_NAMES[language], 8, required=False)
            # Longer texts reach the domain, whose sentence names the limit.
            field.max_length = None
            field.validators.clear()
            field.help_text = limits
            self.initial[language] = clause.body.get(language)
            made[language] = field
        self.fields = {**made, **self.fields}

    @property
    def typed(self) -> dict[str, str]:
        """The words per language."""
        return {language: self.cleaned_data[language] for language in self.languages}


class AcceptForm(forms.Form):
    """The revision that stood beside the suggestion when it was accepted."""

    based_on = forms.IntegerField(min_value=0, max_value=2_147_483_647, widget=forms.HiddenInput)

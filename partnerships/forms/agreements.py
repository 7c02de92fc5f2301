"""Forms of the agreement road: clause, term, council, signatory, consent, signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts.forms import AddressField
from partnerships.forms.words import REQUIRED, WordsForm, day_field, words_field
from partnerships.models import Partnership, Party
from partnerships.wording.clauses import MAX_LENGTH, MAX_PARAGRAPHS, Clause
from partnerships.wording.lamps import LANGUAGE_NAMES


class ClauseForm(forms.Form):
    """The wording of one clause in every language, based on the revision that was shown."""

    based_on = forms.IntegerField(min_value=0, max_value=2_147_483_647, widget=forms.HiddenInput)
    still_fits = forms.BooleanField(
        label=_("I have compared the languages; they say the same."), required=False
    )

    def __init__(self, *args: Any, clause: Clause, languages: Sequence[str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.languages = languages
        self.initial["based_on"] = clause.revision.n
        for language in languages:
            self.initial[language] = clause.body.get(language)
        limits = _("At most %(length)d characters and %(paragraphs)d paragraphs.") % {
            "length": MAX_LENGTH,
            "paragraphs": MAX_PARAGRAPHS,
        }
        pair = {
            language: words_field(_("Text"), LANGUAGE_NAMES[language], 8, required=False)
            for language in languages
        }
        for field in pair.values():
            field.help_text = limits
            # Longer texts reach the domain, whose sentence names the limit.
            field.max_length = None
            field.validators.clear()
        self.fields = {**pair, **self.fields}

    @property
    def typed(self) -> dict[str, str]:
        """The words per language."""
        return {language: self.cleaned_data[language] for language in self.languages}


class TermForm(forms.Form):
    """From when to when, and the period of notice."""

    starts_on = day_field(_("Start"), hint=_("Empty: with the last signature."))
    ends_on = day_field(_("End"), hint=_("Empty: open."))
    notice_months = forms.IntegerField(
        label=_("Period of notice in months"), min_value=1, max_value=36, error_messages=REQUIRED
    )


class CouncilForm(forms.Form):
    """The decision of a council or its express reservation."""

    party = forms.ModelChoiceField(Party.objects.none(), label=_("City"), error_messages=REQUIRED)
    body = forms.CharField(label=_("Body"), max_length=200, required=False)
    decided_on = day_field(_("Date of the decision"))
    paper = forms.CharField(label=_("Paper number"), max_length=60, required=False)
    is_reservation = forms.BooleanField(
        label=_("The decision is still to come; the city reserves it expressly."), required=False
    )

    def __init__(self, *args: Any, parties: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]


class SignatoryForm(WordsForm):
    """Who signs for which city, by e-mail address."""

    WORDS = {"function": (_("Function"), 1, True)}

    party = forms.ModelChoiceField(Party.objects.none(), label=_("City"), error_messages=REQUIRED)
    name = forms.CharField(
        label=_("Name as it is printed"), max_length=200, error_messages=REQUIRED
    )
    email = AddressField(
        error_messages={"invalid": _("This is not an e-mail address.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"),
        choices=[("de", _("German")), ("en", _("English")), ("fi", _("Finnish"))],
    )

    def __init__(self, *args: Any, parties: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something stops; everybody involved reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody involved will read it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=REQUIRED,
    )


class AgreeForm(forms.Form):
    """The digest of the text that was on the screen."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", max_length=64, widget=forms.HiddenInput)


def parties_of(partnership: Partnership) -> Any:
    """The cities of a partnership, for a choice."""
    return partnership.parties.select_related("municipality")

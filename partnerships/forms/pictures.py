"""Forms of the target picture: a version, a contribution, its answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.words import REQUIRED, WordsForm
from partnerships.models import Actor, Partnership, PictureContribution


class PictureForm(WordsForm):
    """The words of the next version, and what changed."""

    WORDS = {"text": (_("Shared target picture"), 8, True)}
    WATCHES = False  # `based_on` does

    note = forms.CharField(label=_("What changed, and why"), max_length=300, required=False)
    based_on = forms.IntegerField(min_value=0, max_value=2_147_483_647, widget=forms.HiddenInput)


class ContributionForm(forms.Form):
    """Who says what about the target picture."""

    actor = forms.ModelChoiceField(
        Actor.objects.none(),
        label=_("Actor of the partnership"),
        required=False,
        empty_label=_("somebody else"),
    )
    contributor = forms.CharField(
        label=_("Who says it, by function"),
        help_text=_("Only needed when no actor is chosen, for example “project team”."),
        max_length=200,
        required=False,
    )
    text = forms.CharField(
        label=_("Contribution"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=REQUIRED,
    )

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        found = Actor.objects.filter(participations__partnership=partnership).distinct()
        self.fields["actor"].queryset = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not typed.get("actor") and not typed.get("contributor"):
            self.add_error("contributor", REQUIRED["required"])
        return typed


class AnswerForm(forms.Form):
    """What became of a contribution."""

    answer = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[
            choice
            for choice in PictureContribution.Answer.choices
            if choice[0] != PictureContribution.Answer.OPEN
        ],
        widget=forms.RadioSelect,
        error_messages=REQUIRED,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

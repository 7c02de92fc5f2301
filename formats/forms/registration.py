"""Registering for an event: as little as possible, consents each by itself and never needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from formats.models import Event, Feedback
from foundation.accounts.forms import AddressField
from foundation.posting import human
from partnerships.models import Encounter

PRESENCE = (
    (Encounter.Setting.ON_SITE, _("I come")),
    (Encounter.Setting.DIGITAL, _("I join online")),
)

RATINGS = {5: _("very good"), 4: _("good"), 3: _("fair"), 2: _("poor"), 1: _("very poor")}


class PersonForm(forms.Form):
    """What somebody says of themselves and may change later."""

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    presence = forms.ChoiceField(
        label=_("How do you take part?"), choices=PRESENCE, widget=forms.RadioSelect
    )
    support = forms.CharField(
        label=_("What do you need to take part well?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as step-free access, an interpreter, a diet. Only the office reads it."),
    )
    listed = forms.BooleanField(
        label=_("My name and organisation may stand on the list that all participants get."),
        required=False,
    )
    photos = forms.BooleanField(
        label=_("Photos on which I can be recognised may be published."), required=False
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if event.mode != Encounter.Setting.HYBRID:
            del self.fields["presence"]
        self.event = event

    def person(self) -> dict[str, Any]:
        """What formats.registrations.ask and change take."""
        names = ("name", "organisation", "support", "listed", "photos")
        found = {name: self.cleaned_data[name] for name in names}
        return {**found, "presence": self.cleaned_data.get("presence") or self.event.mode}


class RegistrationForm(PersonForm):
    """The same, with the address that gets the code, for people and not for programs."""

    email = AddressField()
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    field_order = ("name", "email", "organisation", "presence", "support", "listed", "photos")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            human.demand_human(stamp=cleaned.get("stamp", ""), trap=self.data.get("nickname", ""))
        return cleaned

    @property
    def shown_stamp(self) -> str:
        """The stamp that the shown form carries."""
        return human.kept_stamp(self.data.get("stamp", "")) if self.is_bound else human.new_stamp()


class RegistrationCodeForm(forms.Form):
    """Six digits from the mail."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class FeedbackForm(forms.ModelForm):
    """Three questions; nothing says who answered."""

    rating = forms.TypedChoiceField(
        label=_("How good was the event?"),
        coerce=int,
        choices=list(RATINGS.items()),
        widget=forms.RadioSelect,
    )  # fmt: skip
    took_along = forms.CharField(
        label=_("What do you take along?"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    wished = forms.CharField(
        label=_("What did you miss?"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    class Meta:
        model = Feedback
        fields = ("rating", "took_along", "wished")


class GuestsForm(forms.Form):
    """Who was there, ticked off the list."""

    present = forms.MultipleChoiceField(
        label=_("Present"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, guests: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = guests  # type: ignore[attr-defined]

    def chosen(self) -> set[int]:
        """Numbers of the registrations ticked."""
        return {int(each) for each in self.cleaned_data["present"]}

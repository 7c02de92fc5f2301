"""Forms of the draw: each carries the officer's code, so that one page is one step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.models import Departure


class CodeForm(forms.Form):
    """Base: a fresh code from the authenticator app, unless the session has one already."""

    code = forms.CharField(
        label=_("Code from your authenticator app"),
        max_length=8,
        required=False,
        help_text=_("Six digits. Not needed when you confirmed one in the last five minutes."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class FreezeForm(CodeForm):
    """Closing the pool."""


class DeclareForm(CodeForm):
    """How the value comes about."""

    field_order = ("method", "drand_at", "dice", "code")

    method = forms.ChoiceField(
        label=_("Where does chance come from?"),
        choices=[
            ("both", _("Dice and the drand beacon (recommended)")),
            ("dice", _("Dice only")),
        ],
        widget=forms.RadioSelect,
        initial="both",
        error_messages={"required": _("Please choose one.")},
    )
    drand_at = forms.DateTimeField(
        label=_("Moment of the beacon"),
        required=False,
        help_text=_(
            "Needed for the beacon: at least 24 hours after the pool was closed, at the end of "
            "the agenda item. Time of the city."
        ),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    dice = forms.IntegerField(label=_("Number of dice"), min_value=20, max_value=200, initial=20)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("method") == "both" and not cleaned.get("drand_at"):
            self.add_error("drand_at", _("Please say when the beacon is to come."))
        if cleaned.get("method") == "dice":
            cleaned["drand_at"] = None
        return cleaned


class ConfirmForm(CodeForm):
    """The second person confirms exactly the fingerprint that was shown."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)


class RecordForm(forms.Form):
    """Who is in the room."""

    chair = forms.CharField(label=_("Chair"), max_length=200)
    minute_taker = forms.CharField(label=_("Minute taker"), max_length=200)
    throwers = forms.CharField(
        label=_("Who throws the dice"),
        help_text=_("One person a line; at least four with dice only."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )
    witnesses = forms.CharField(
        label=_("Witnesses"),
        help_text=_("One person a line; at least two with dice only."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    conflicts = forms.CharField(
        label=_("Conflicts of interest that were stated"), max_length=500, required=False
    )
    incidents = forms.CharField(
        label=_("Incidents"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_throwers(self) -> list[str]:
        return _lines(self.cleaned_data["throwers"])

    def clean_witnesses(self) -> list[str]:
        return _lines(self.cleaned_data["witnesses"])


class DiceForm(forms.Form):
    """One person's reading of the dice."""

    digits = forms.CharField(
        label=_("The dice, in thrown order"),
        help_text=_("Digits 1 to 6; spaces may stand between them."),
        max_length=400,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Please type the dice.")},
    )


class BeaconForm(forms.Form):
    """The signature of the declared round, copied from a public relay."""

    signature = forms.CharField(
        label=_("Signature of the round"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Please paste the signature.")},
    )


class DrawForm(CodeForm):
    """The draw itself."""


class OfferForm(forms.Form):
    """A drawn person's answer."""

    name_is_public = forms.BooleanField(
        label=_("My name may be shown as a member of the circle"),
        help_text=_("You can take this back at any time, on the page of your seat."),
        required=False,
    )


class TellForm(forms.Form):
    """How somebody who declined or was silent was asked once more."""

    channel = forms.ChoiceField(label=_("How the person was asked"), choices=Departure.Channel)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

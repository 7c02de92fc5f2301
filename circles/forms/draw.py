"""Forms of the draw: each carries the officer's code, so that one page is one step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.forms.shown import key_field
from circles.models import Departure, DrawMotion

LEAST_DICE_ALONE = 20


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
    """Closing the pool, in the first three days with the word that no letter is missing."""

    field_order = ("all_typed", "code")

    all_typed = forms.BooleanField(
        label=_("All letters and calls that came before the deadline are typed."),
        required=False,
        help_text=_("Three days after the deadline this is no longer needed."),
    )


class DeclareForm(CodeForm):
    """How the value comes about."""

    field_order = ("method", "drand_at", "dice", "fallback_on", "code")

    method = forms.ChoiceField(
        label=_("Where does chance come from?"),
        choices=[
            ("both", _("Dice and the drand beacon (recommended)")),
            ("dice", _("Dice only")),
            ("beacon", _("The drand beacon only")),
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
    dice = forms.IntegerField(
        label=_("Number of dice"),
        min_value=1,
        max_value=200,
        initial=20,
        help_text=_("Twenty or more with dice only; of no account with the beacon only."),
    )
    fallback_on = forms.DateField(
        label=_("Fallback: draw of Lotto 6aus49 on"),
        required=False,
        help_text=_(
            "For experts, usually empty. Only if the beacon never came, this draw could stand in: "
            "a Wednesday or Saturday, at least two days after the beacon. Empty: you wait."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        method = cleaned.get("method")
        if method in ("both", "beacon") and not cleaned.get("drand_at"):
            self.add_error("drand_at", _("Please say when the beacon is to come."))
        if method == "dice":
            cleaned["drand_at"] = None
            if cleaned.get("fallback_on"):
                self.add_error("fallback_on", _("With dice only there is no beacon to replace."))
            if (cleaned.get("dice") or 0) < LEAST_DICE_ALONE:
                self.add_error("dice", _("With dice only, at least twenty are needed."))
        if method == "beacon":
            cleaned["dice"] = 0
        return cleaned


class ConfirmForm(CodeForm):
    """The second person confirms exactly the fingerprint that was shown."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CorrectionForm(CodeForm):
    """What is wrong in the pool, and why it is put right."""

    field_order = ("admit", "remove", "reason", "code")

    admit = forms.CharField(
        label=_("Comes in: reference numbers"),
        help_text=_("One a line: applications that were wrongly left out."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    remove = forms.CharField(
        label=_("Goes out: reference numbers"),
        help_text=_("One a line: applications that should not be in it."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=_("Reason, public"),
        help_text=_("What went wrong and how it was noticed. No names."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write what went wrong.")},
    )

    @property
    def words(self) -> dict[str, Any]:
        """What the domain takes: lists of reference numbers, and the reason."""
        lists = {name: _lines(self.cleaned_data[name]) for name in ("admit", "remove")}
        return {**lists, "reason": self.cleaned_data["reason"]}


class ConfirmCorrectionForm(CodeForm):
    """The second person makes exactly the correction that was shown."""

    correction = key_field()
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class MotionForm(CodeForm):
    """Why a closed pool is withdrawn, which ticket comes back, or who annulled the draw."""

    field_order = ("reference", "authority", "file_reference", "reason", "code")
    ASKED = {
        DrawMotion.Kind.WITHDRAW: set[str](),
        DrawMotion.Kind.REINSTATE: {"reference"},
        DrawMotion.Kind.ANNUL: {"authority", "file_reference"},
    }

    reference = forms.CharField(
        label=_("Reference number of the application"),
        max_length=20,
        error_messages={"required": _("Please give the reference number.")},
    )
    authority = forms.CharField(
        label=_("Who annulled the draw"),
        help_text=_("The court or the supervising authority, with its place. Public."),
        max_length=200,
        error_messages={"required": _("Please name the court or the authority.")},
    )
    file_reference = forms.CharField(
        label=_("File reference and date of the decision"),
        help_text=_("As it stands on the decision. Public."),
        max_length=100,
        error_messages={"required": _("Please give the file reference.")},
    )
    reason = forms.CharField(
        label=_("Reason, public"),
        help_text=_("What went wrong and how it was noticed. No names."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write what went wrong.")},
    )

    def __init__(self, kind: DrawMotion.Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set[str]().union(*self.ASKED.values()) - self.ASKED[kind]:
            del self.fields[name]

    @property
    def words(self) -> dict[str, str]:
        """What the domain takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "code"}


class CarryForm(CodeForm):
    """The second person carries exactly the proposal that was shown."""

    motion = key_field()


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


class TrialForm(forms.Form):
    """The dice of a rehearsal, read by two people and typed here one after the other."""

    first = forms.CharField(
        label=_("First reading of the dice"),
        help_text=_("Twenty digits 1 to 6; spaces may stand between them."),
        max_length=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Please type the dice.")},
    )
    second = forms.CharField(
        label=_("Second reading, by another person"),
        max_length=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Please type the dice.")},
    )


class BeaconForm(forms.Form):
    """The signature of the declared round, copied from a public relay."""

    signature = forms.CharField(
        label=_("Signature of the round"),
        help_text=_("96 characters, 0 to 9 and a to f; spaces do not matter."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Please paste the signature.")},
    )


class ActivationForm(CodeForm):
    """Giving the beacon up: each of two people with a fresh code.

    `proposal` is what the page showed: the second person confirms a proposal they have seen.
    """

    proposal = key_field()


class FallbackForm(forms.Form):
    """One person's reading of the lottery that stands in."""

    value = forms.CharField(
        label=_("Six numbers and the Superzahl"),
        help_text=_("Such as 3 7 19 22 38 49 5; order and spelling do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please type the numbers.")},
    )


class DrawForm(CodeForm):
    """The draw itself."""


class SampleForm(forms.Form):
    """How many tickets an auditor opens."""

    size = forms.IntegerField(
        label=_("How many tickets"),
        min_value=1,
        max_value=50,
        initial=5,
        help_text=_("Which ones follows from the seed; nobody can choose them."),
    )


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

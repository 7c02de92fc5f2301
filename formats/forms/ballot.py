"""Ballots and counts: one field for each topic, named after it, and nothing that could be added."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from formats.models import Poll, PollOption
from formats.weighing import ballots

MOST_IN_A_LIST = 10
WHICH = "choice"


class BallotForm(forms.Form):
    """What one person gives each topic of `poll`; `given` are marks to be corrected."""

    def __init__(self, poll: Poll, *args: Any, given: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll = poll
        self.options: list[PollOption] = list(poll.options.all())
        given = given or {}
        if poll.method == Poll.Method.CHOICE:
            chosen = next(iter(given), None)
            self.fields[WHICH] = forms.ChoiceField(
                label=_("Your choice"),
                choices=[(str(option.pk), str(option)) for option in self.options],
                widget=forms.RadioSelect,
                initial=chosen,
                error_messages={"required": gettext_lazy("Please choose one.")},
            )
            return
        for option in self.options:
            self.fields[_name(option)] = self._points(option, given.get(str(option.pk)))

    def _points(self, option: PollOption, given: int | None) -> forms.Field:
        is_score = self.poll.method == Poll.Method.SCORE
        label = f"{option.position}. {option}"
        if self.poll.most > MOST_IN_A_LIST:
            return forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                initial=given,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        none = [("", _("no score"))] if is_score else []
        numbers = [(str(n), str(n)) for n in range(self.poll.most + 1)]
        return forms.TypedChoiceField(
            label=label,
            required=False,
            coerce=int,
            empty_value=None,
            choices=none + numbers,
            initial="" if given is None and is_score else str(given or 0),
        )

    def marks(self) -> dict[str, int]:
        """What formats.ballots.cast takes."""
        if self.poll.method == Poll.Method.CHOICE:
            return {self.cleaned_data[WHICH]: 1}
        given = [(option, self.cleaned_data.get(_name(option))) for option in self.options]
        return ballots.marks_of(given, self.poll.method)


class HandsForm(forms.Form):
    """How many hands went up for each topic, as one person counted them."""

    present = forms.IntegerField(
        label=gettext_lazy("People with a vote in the room"), min_value=1, max_value=1000
    )

    def __init__(self, poll: Poll, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options: list[PollOption] = list(poll.options.all())
        self.fields["present"].help_text = ngettext(
            "Each may raise a hand for %(n)d topic.",
            "Each may raise a hand for %(n)d topics.",
            poll.budget,
        ) % {"n": poll.budget}
        for option in self.options:
            self.fields[_name(option)] = forms.IntegerField(
                label=f"{option.position}. {option}",
                min_value=0,
                max_value=1000,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def hands(self) -> dict[str, int]:
        """What formats.hands.enter takes."""
        return {str(option.pk): self.cleaned_data[_name(option)] for option in self.options}


class CodeForm(forms.Form):
    """The code on a card, typed by whoever has no camera at hand."""

    code = forms.CharField(
        label=gettext_lazy("Code on your card"),
        max_length=60,
        help_text=gettext_lazy("Sixteen letters and digits; blanks and dashes do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Please type the code on your card.")},
    )


class CardsForm(forms.Form):
    """How many cards for the room."""

    guests = forms.IntegerField(
        label=gettext_lazy("Number of cards"), min_value=1, max_value=400, initial=30
    )


def _name(option: PollOption) -> str:
    return f"option_{option.pk}"

"""Forms of feedback: opening a round, links, what reviewers say, answers, closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from circles.forms.proposal import WordsField
from circles.models import Contribution, ContributionAnswer
from formats.forms.moments import day_field, moment, time_field
from foundation.accounts.forms import AddressField
from foundation.posting import human

Outcome = ContributionAnswer.Outcome


class FeedbackRoundForm(forms.Form):
    """What the networks are asked, and until when."""

    question = WordsField(
        label=gettext_lazy("What do you want to know?"),
        max_length=1000,
        help_text=gettext_lazy("Reviewers read this above the text. In German, please."),
        error_messages={"required": gettext_lazy("Please ask your question.")},
    )
    day = day_field(gettext_lazy("Last day"))
    time = time_field(gettext_lazy("Time"), initial="23:59")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, time = cleaned.get("day"), cleaned.get("time")
        if day is not None and time is not None:
            try:
                cleaned["closes_at"] = moment(day, time, settings.TIME_ZONE)
            except forms.ValidationError as error:
                self.add_error("time", error)
        return cleaned


class ReviewLinkForm(forms.Form):
    """For whom a link is; the portal mails it only if an address is given."""

    label = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=120,
        help_text=gettext_lazy("A person or a group. Only you see this."),
        error_messages={"required": gettext_lazy("Please say for whom the link is.")},
    )
    email = AddressField(
        required=False,
        help_text=gettext_lazy(
            "Only if the portal shall send the link. The address is erased when the round closes."
        ),
    )


class ContributionForm(forms.Form):
    """What a reviewer says about a section, and on whose behalf."""

    text = WordsField(
        label=gettext_lazy("Your comment"),
        max_length=5000,
        rows=5,
        required=False,
        help_text=gettext_lazy("If you change the text below, say here why."),
    )
    words = WordsField(
        label=gettext_lazy("The text as you would have it"),
        max_length=20_000,
        rows=10,
        required=False,
        help_text=gettext_lazy("Leave it as it is if you only comment."),
    )
    on_behalf_of = forms.CharField(
        label=gettext_lazy("On whose behalf do you speak?"),
        max_length=200,
        help_text=gettext_lazy("For example: for myself, or for an association."),
        error_messages={"required": gettext_lazy("Please say on whose behalf you speak.")},
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Where you come from"),
        choices=[
            ("", Contribution.Sector.NONE.label),
            *(each for each in Contribution.Sector.choices if each[0]),
        ],
        required=False,
    )
    email = AddressField(
        required=False,
        help_text=gettext_lazy(
            "If you want to know what became of it. We write once; 30 days later the address is "
            "erased."
        ),
    )
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            human.demand_human(stamp=cleaned.get("stamp", ""), trap=self.data.get("nickname", ""))
        return cleaned

    @property
    def shown_stamp(self) -> str:
        """The stamp that the shown form carries."""
        return human.kept_stamp(self.data.get("stamp", "")) if self.is_bound else human.new_stamp()

    def values(self) -> dict[str, Any]:
        """What contributions.contribute takes, but for the language."""
        names = ("text", "words", "on_behalf_of", "sector", "email")
        return {name: self.cleaned_data[name] for name in names}


class ContributionAnswerForm(forms.Form):
    """What becomes of a contribution; a comment is answered in words only."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"),
        widget=forms.RadioSelect,
        choices=[each for each in Outcome.choices if each[0] != Outcome.ANSWERED],
        error_messages={"required": gettext_lazy("Please choose an answer.")},
    )
    reason = WordsField(
        label=gettext_lazy("Why"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "Needed unless you accept it whole. Whoever wrote it reads this; do not write names."
        ),
    )

    def __init__(self, *args: Any, is_suggestion: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_suggestion:
            del self.fields["outcome"]
            self.fields["reason"].label = gettext_lazy("Your answer")
            self.fields["reason"].help_text = gettext_lazy(
                "Whoever wrote the comment reads this; do not write names."
            )

    def values(self) -> dict[str, Any]:
        """What answers.answer takes."""
        return {
            "outcome": self.cleaned_data.get("outcome", Outcome.ANSWERED),
            "reason": self.cleaned_data["reason"],
        }


class CloseRoundForm(forms.Form):
    """What everybody reads about a round."""

    summary = WordsField(
        label=gettext_lazy("What you take up from it"),
        max_length=3000,
        rows=6,
        help_text=gettext_lazy("Everybody reads this, beside the figures. Do not write names."),
        error_messages={"required": gettext_lazy("Please say in a few sentences what came of it.")},
    )

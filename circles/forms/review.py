"""Searching applications, finding on one of them, objections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import Application, Criterion
from circles.reviewing import finding
from foundation.mail.models import OutgoingMail

MET = [("yes", gettext_lazy("met")), ("no", gettext_lazy("not met"))]


class FilterForm(forms.Form):
    """What a list of applications shows."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    query = ("q", "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [
            ("", _("all")),
            (
                _("To be done"),
                [
                    (finding.MINE, _("waiting for me")),
                    (finding.UNSEEN, _("seen by nobody yet")),
                    (finding.SECOND, _("second finding is missing")),
                    (finding.DIFFER, _("findings differ, a third is missing")),
                    (finding.ASKED, _("question is open")),
                    (finding.OBJECTED, _("objection is open")),
                ],
            ),
            (_("State"), [*Application.State.choices]),
        ]


class NoticesForm(forms.Form):
    """Which of the mails on the page were read and may leave."""

    mails = forms.ModelMultipleChoiceField(
        OutgoingMail.objects.none(),
        label=gettext_lazy("Mails that may leave"),
        error_messages={
            "required": gettext_lazy("Tick the mails that you have read."),
            "invalid_choice": gettext_lazy(
                "One of these mails has left or was changed meanwhile. Look at the list again."
            ),
        },
    )

    def __init__(self, mails: QuerySet[OutgoingMail], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mails"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        field.queryset = mails


class ReviewForm(forms.Form):
    """A yes or no for each criterion, and a reason for every no."""

    def __init__(self, criteria: list[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[f"met_{criterion.pk}"] = forms.ChoiceField(
                label=str(criterion.question),
                choices=MET,
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Please choose met or not met.")},
            )
            self.fields[f"reason_{criterion.pk}"] = forms.CharField(
                label=_("Reason, if not met"),
                required=False,
                max_length=500,
                help_text=_("The applicant reads this. No names of third persons."),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for criterion in self.criteria:
            refused = cleaned.get(f"met_{criterion.pk}") == "no"
            if refused and not cleaned.get(f"reason_{criterion.pk}", "").strip():
                self.add_error(f"reason_{criterion.pk}", _("Every no needs a reason."))
        return cleaned

    def unmet(self) -> dict[Criterion, str]:
        """Criteria found unmet, with their reasons."""
        return {
            criterion: self.cleaned_data[f"reason_{criterion.pk}"].strip()
            for criterion in self.criteria
            if self.cleaned_data[f"met_{criterion.pk}"] == "no"
        }


class ObjectionForm(forms.Form):
    """What the applicant says, noted by the office."""

    text = forms.CharField(
        label=gettext_lazy("Objection in the person's words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecisionForm(forms.Form):
    """How an objection ends."""

    uphold = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("yes", gettext_lazy("The objection is right: admitted")),
            ("no", gettext_lazy("The decision stays: not admitted")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose a decision.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class QuestionForm(forms.Form):
    """What a reviewer would like to know from the applicant."""

    question = forms.CharField(
        label=gettext_lazy("Question to this person"),
        help_text=gettext_lazy("It leaves as a mail at once. Seven days to answer."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """What the applicant says."""

    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

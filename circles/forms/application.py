"""The application form: as little as possible, on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from circles.forms import quota
from circles.forms.shown import key_field
from circles.models import Application, Call
from foundation.posting import human

# Raise when the privacy notice in templates/circles/privacy_notice.html changes.
PRIVACY_VERSION = "2026-11-27"
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


def criterion_name(pk: int) -> str:
    return f"criterion_{pk}"


class CriteriaForm(forms.Form):
    """A yes or no for every criterion of `call`."""

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.criteria = list(call.criteria.all())
        for criterion in self.criteria:
            self.fields[criterion_name(criterion.pk)] = forms.ChoiceField(
                label=str(criterion.question),
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Please choose yes or no.")},
            )

    @property
    def criteria_names(self) -> str:
        """The names of the criteria fields, for {% field_group %}."""
        return " ".join(criterion_name(criterion.pk) for criterion in self.criteria)

    def answers(self) -> dict[int, bool]:
        """Criterion pk -> yes."""
        return {
            criterion.pk: self.cleaned_data[criterion_name(criterion.pk)] == "yes"
            for criterion in self.criteria
        }


class PersonForm(CriteriaForm):
    """Who applies, and what helps them to take part."""

    name = forms.CharField(
        label=gettext_lazy("First and last name"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Please tell us your name."),
            "max_length": gettext_lazy("The name is too long; at most 200 characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("We only call when a mail comes back."),
        error_messages={"max_length": gettext_lazy("At most 40 characters, please.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    motivation = forms.CharField(
        label=gettext_lazy("Why would you like to take part?"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("It does not count for the lot. At most 2,000 characters."),
        error_messages={
            "max_length": gettext_lazy(
                "At most 2,000 characters, please; you wrote %(show_value)s."
            )
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    support_needs = forms.CharField(
        label=gettext_lazy("What do you need to take part well?"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy(
            "For example child care, sign language or room for a wheelchair. "
            "It does not count for the lot, and we read it only once you have a seat."
        ),
        error_messages={
            "max_length": gettext_lazy(
                "At most 1,000 characters, please; you wrote %(show_value)s."
            )
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(call, *args, **kwargs)
        self.attributes = quota.add_questions(self, call)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        quota.demand_consent(self)
        return cleaned

    @property
    def quota_names(self) -> str:
        """The names of the fields about quotas, for {% field_group %}; empty without quotas."""
        return quota.names(self.attributes)

    def person(self) -> dict[str, Any]:
        """What circles.applications takes: name, phone, motivation, support_needs, answers."""
        plain = ("name", "phone", "motivation", "support_needs")
        return {name: self.cleaned_data[name] for name in plain} | {
            "answers": self.answers(),
            "quota_answers": quota.answers(self, self.attributes),
        }


class ApplicationForm(PersonForm):
    """The whole application, with its two small checks against programs."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("We send your code and your ticket here."),
        error_messages={
            "required": gettext_lazy("Please tell us an address that you can read."),
            "invalid": gettext_lazy("This is not a whole address. Example: name@example.org"),
            "max_length": gettext_lazy("The address is too long."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    participation = forms.BooleanField(
        label=gettext_lazy(
            "My application takes part in the draw. My ticket is published, my name is not."
        ),
        error_messages={
            "required": gettext_lazy(
                "Without your confirmation the application cannot take part in the draw."
            )
        },
    )
    nickname = forms.CharField(required=False, max_length=200)
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:  # first what people can see, then this
            human.demand_human(
                stamp=cleaned.get("stamp", ""), trap=self.data.get(self.add_prefix("nickname"), "")
            )
        return cleaned

    @property
    def shown_stamp(self) -> str:
        """The stamp that the shown form carries."""
        if not self.is_bound:
            return human.new_stamp()
        return human.kept_stamp(self.data.get(self.add_prefix("stamp"), ""))


class ReferenceForm(forms.Form):
    """Where the person's own word is kept; numbers only, because the trail keeps it for ever."""

    reference = forms.RegexField(
        label=gettext_lazy("File reference of the letter or the note of the call"),
        regex=r"^[A-Za-z0-9][A-Za-z0-9 /.:-]{2,39}\Z",
        max_length=40,
        help_text=gettext_lazy("Such as AZ 12/2026-7; no names."),
        error_messages={
            "required": gettext_lazy("Please give the file reference."),
            "invalid": gettext_lazy("Only letters, digits, spaces and / . : - please."),
        },
    )


class PaperEndForm(ReferenceForm):
    """Ending an application on paper; `seen`: what another person noted and this one was shown."""

    seen = key_field()


class CorrectionForm(PersonForm):
    """The same questions again, filled with the present answers."""

    @classmethod
    def of(cls, application: Application, data: Any = None) -> CorrectionForm:
        """The form of `application`, bound to `data` when something was sent."""
        initial: dict[str, Any] = {
            name: getattr(application, name)
            for name in ("name", "phone", "motivation", "support_needs")
        }
        for answer in application.answers.all():
            initial[criterion_name(answer.criterion_id)] = "yes" if answer.met else "no"
        initial |= quota.initial_of(application)
        return cls(application.call, data, initial=initial)


class CodeForm(forms.Form):
    """The six digits from the mail."""

    code = forms.CharField(
        label=gettext_lazy("Code from the mail"),
        max_length=20,
        error_messages={
            "required": gettext_lazy("Please type the six digits."),
            "max_length": gettext_lazy("The code has six digits."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class SecondPersonForm(CodeForm):
    """The code, and the word that it is somebody else."""

    other_person = forms.BooleanField(
        label=gettext_lazy("I am not the person who has applied with this address already."),
        error_messages={
            "required": gettext_lazy(
                "Every person applies once. Please confirm that you are another."
            )
        },
    )


class AddressForm(forms.Form):
    """A new address, to be confirmed by a code."""

    email = forms.EmailField(
        label=gettext_lazy("New e-mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Please tell us an address that you can read."),
            "invalid": gettext_lazy("This is not a whole address. Example: name@example.org"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

"""Quotas in forms: what applicants are asked with consent, and how the office writes them down."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.calling.quota_rules import Attribute, Value
from circles.models import Application, Call, QuotaAttribute
from foundation.languages import LocalizedText

CONSENT = "quota_consent"
ATTRIBUTES, VALUES = 2, 8


def question_name(pk: int) -> str:
    return f"quota_{pk}"


def names(attributes: list[QuotaAttribute]) -> str:
    """The names of all fields about quotas; empty without quotas."""
    return " ".join([*(question_name(each.pk) for each in attributes), CONSENT] * bool(attributes))


def add_questions(form: forms.Form, call: Call) -> list[QuotaAttribute]:
    """Ask about every attribute of `call`, and for consent; nothing without quotas."""
    attributes = list(call.attributes.prefetch_related("values"))
    for attribute in attributes:
        choices = [(str(value.pk), str(value.label)) for value in attribute.values.all()]
        form.fields[question_name(attribute.pk)] = forms.ChoiceField(
            label=str(attribute.question),
            choices=[*choices, ("", gettext_lazy("No answer"))],
            required=False,
            widget=forms.RadioSelect,
        )
    if attributes:
        form.fields[CONSENT] = forms.BooleanField(
            label=gettext_lazy(
                "I agree that these answers are used for the draw with quotas, and for nothing "
                "else. I can take this back until the deadline."
            ),
            required=False,
        )
    return attributes


def demand_consent(form: forms.Form) -> None:
    """An answer counts only with consent; without answers nobody needs to consent."""
    given = [name for name, value in form.cleaned_data.items() if value and _is_question(name)]
    if given and not form.cleaned_data.get(CONSENT):
        form.add_error(
            CONSENT,
            _("Please tick this, or choose “No answer”. Your application is valid either way."),
        )


def answers(form: forms.Form, attributes: list[QuotaAttribute]) -> dict[int, int]:
    """Attribute pk -> value pk, of what was answered."""
    found = {each.pk: form.cleaned_data.get(question_name(each.pk)) for each in attributes}
    return {pk: int(value) for pk, value in found.items() if value}


def initial_of(application: Application) -> dict[str, Any]:
    """The present answers, and the consent that goes with them."""
    found: dict[str, Any] = {
        question_name(each.attribute_id): str(each.value_id)
        for each in application.quota_answers.all()
    }
    return found | ({CONSENT: True} if found else {})


def _is_question(name: str) -> bool:
    return bool(re.fullmatch(r"quota_[0-9]+", name))


class QuotaForm(forms.Form):
    """Up to two attributes; each answer is one line, with its limits behind it."""

    LINE: ClassVar = re.compile(r"([^|]+)\|([^|]+)\|\s*(\d{1,2})\s*\|\s*(\d{1,2})\s*")

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        kept = list(call.attributes.prefetch_related("values"))
        kwargs.setdefault("initial", _initial(kept))
        super().__init__(*args, **kwargs)
        for number in range(1, ATTRIBUTES + 1):
            told = {"n": number}
            for language, words in (
                ("de", gettext_lazy("Question %(n)s in German")),
                ("en", gettext_lazy("Question %(n)s in English")),
            ):
                self.fields[f"question_{number}_{language}"] = forms.CharField(
                    label=words % told, max_length=200, required=False
                )
            self.fields[f"values_{number}"] = forms.CharField(
                label=gettext_lazy("Answers to question %(n)s") % told,
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=gettext_lazy(
                    "One a line: German | English | at least | at most, such as: "
                    "unter 30 | under 30 | 1 | 3"
                ),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found = []
        for number in range(1, ATTRIBUTES + 1):
            german = cleaned.get(f"question_{number}_de", "").strip()
            lines = [
                line for line in cleaned.get(f"values_{number}", "").splitlines() if line.strip()
            ]
            if not german and not lines:
                continue
            if not german:
                self.add_error(f"question_{number}_de", _("The question is missing."))
            english = cleaned.get(f"question_{number}_en", "").strip()
            values = [value for line in lines if (value := self._value(number, line))]
            if not 2 <= len(lines) <= VALUES:
                self.add_error(f"values_{number}", _("Please give two to eight answers."))
            found.append(Attribute(LocalizedText.of("de", german, en=english), tuple(values)))
        cleaned["attributes"] = found
        return cleaned

    def _value(self, number: int, line: str) -> Value | None:
        match = self.LINE.fullmatch(line)
        if match is None or int(match[3]) > int(match[4]):
            self.add_error(
                f"values_{number}",
                _("“%(line)s” is not: German | English | at least | at most.")
                % {"line": line.strip()},
            )
            return None
        label = LocalizedText.of("de", match[1].strip(), en=match[2].strip())
        return Value(label, int(match[3]), int(match[4]))


def _initial(attributes: list[QuotaAttribute]) -> dict[str, str]:
    found = {}
    for number, attribute in enumerate(attributes, start=1):
        for language in ("de", "en"):
            found[f"question_{number}_{language}"] = attribute.question.get(language)
        found[f"values_{number}"] = "\n".join(
            f"{value.label.get('de')} | {value.label.get('en')} | {value.least} | {value.most}"
            for value in attribute.values.all()
        )
    return found

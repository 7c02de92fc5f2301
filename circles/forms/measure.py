"""Forms of measures: one measure with its further use, and a step of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from circles.models import Measure, Result
from formats.forms.localized import Asked, LocalizedForm, initial_of
from formats.forms.moments import day_field

State = Measure.State


class MeasureForm(LocalizedForm):
    """What is to be done, by which office, until when, and how it is used further."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(_("Measure"), 200),
        "description": Asked(_("What is to be done"), 2000, rows=4, required=False),
        "note": Asked(
            _("Reason or remark"),
            2000,
            rows=3,
            hint=_("Needed when the measure is not taken up. Everybody can read it."),
            required=False,
        ),
    }
    responsible = forms.CharField(
        label=_("Responsible"),
        max_length=200,
        help_text=_("An office or a function, not the name of a person"),
    )
    due_on = day_field(_("Due on"))
    state = forms.ChoiceField(label=_("Further use"))

    def __init__(self, result: Result, measure: Measure | None, *args: Any, **kwargs: Any) -> None:
        if measure is not None:
            kept = {
                "title": measure.title,
                "description": measure.description,
                "note": measure.reason,
            }
            shown = {k: v for name, text in kept.items() for k, v in initial_of(name, text).items()}
            kwargs["kept"] = kept
            kwargs["initial"] = {
                **shown,
                "responsible": measure.responsible,
                "due_on": measure.due_on,
                "state": measure.state,
            }
        super().__init__(*args, **kwargs)
        hidden = {State.UNSAID} if result.is_public else set()
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in State.choices if value not in hidden
        ]
        self.order_fields(
            ["title_de", "title_en", "description_de", "description_en", "responsible", "due_on",
             "state", "note_de", "note_en"]
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """As the domain takes them."""
        names = ("responsible", "due_on", "state")
        return {**self.all_texts(), **{name: self.cleaned_data[name] for name in names}}


class StepForm(LocalizedForm):
    """How a measure goes on: its state, its day, and a word about it."""

    texts: ClassVar[dict[str, Asked]] = {
        "note": Asked(
            _("Reason or remark"),
            2000,
            rows=3,
            hint=_("Needed when the measure is not taken up. Everybody can read it."),
            required=False,
        )
    }
    state = forms.ChoiceField(label=_("Further use"))
    due_on = day_field(_("Due on"))

    def __init__(self, measure: Measure, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"state": measure.state, "due_on": measure.due_on}
        super().__init__(*args, **kwargs)
        reachable = {measure.state, *Measure.TRANSITIONS[State(measure.state)]}
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in State.choices if value in reachable
        ]
        self.order_fields(["state", "due_on", "note_de", "note_en"])

"""Forms around a partnership: opening it, goals, topics, formats, actors, contacts, meetings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.agreements import parties_of
from partnerships.forms.words import REQUIRED, WordsForm, day_field
from partnerships.models import (
    Actor,
    Encounter,
    ExchangeFormat,
    Focus,
    Municipality,
    Partnership,
    Party,
    Topic,
)

NUMBER = {
    **REQUIRED,
    "invalid": _("Write a number, for example 40 or 2.5."),
    "max_whole_digits": _("This number is too big. Ten digits fit; choose a larger unit."),
    "max_digits": _("This number is too long. Ten digits fit; choose a larger unit."),
    "max_decimal_places": _("Write at most two digits behind the point."),
}
PRECISE: dict[str, Any] = {"max_digits": 12, "decimal_places": 2}


class OpenPartnershipForm(WordsForm):
    """Two cities or more, the reason why they were chosen, and why no others were compared."""

    WORDS = {
        "choice_reason": (_("Why these cities"), 3, True),
        "single_reason": (_("Why no other city was compared"), 2, False),
    }

    first = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("First city"), error_messages=REQUIRED
    )
    second = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("Second city"), error_messages=REQUIRED
    )
    further = forms.ModelMultipleChoiceField(
        Municipality.objects.all(),
        label=_("Further cities and regions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    relation = forms.ChoiceField(label=_("Relation"), choices=Partnership.Relation.choices)
    is_pilot = forms.BooleanField(label=_("This is the pilot partnership."), required=False)


class DescribePartnershipForm(WordsForm):
    """Opening words, reason of the choice, and why no other city was compared."""

    WORDS = {
        "lead": (_("Opening words"), 3, False),
        "choice_reason": (_("Why these cities"), 3, False),
        "single_reason": (_("Why no other city was compared"), 2, False),
    }


class GoalForm(WordsForm):
    """A goal with strategy, indicator, numbers and date."""

    WORDS = {
        "title": (_("Goal"), 1, True),
        "strategy": (_("Strategy"), 3, False),
        "indicator": (_("Indicator"), 1, False),
        "unit": (_("Unit"), 1, False),
    }

    baseline = forms.DecimalField(
        label=_("Baseline"), required=False, error_messages=NUMBER, **PRECISE
    )
    baseline_on = day_field(_("Date of the baseline"))
    target = forms.DecimalField(
        label=_("Target value"), required=False, error_messages=NUMBER, **PRECISE
    )
    due_on = day_field(_("To be reached by"))
    lead = forms.ModelChoiceField(
        Party.objects.none(), label=_("City that leads"), required=False, empty_label=_("both")
    )

    side = forms.ModelChoiceField(
        Party.objects.none(), label=_("Whose goal is it?"), required=False, empty_label=_("both")
    )
    review_months = forms.IntegerField(
        label=_("Look at it again after how many months?"),
        min_value=0,
        max_value=32767,
        help_text=_("Those who speak for the goal get a mail then. Empty: no reminder."),
        required=False,
        error_messages=NUMBER,
    )

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name in ("lead", "side"):
            self.fields[name].queryset = parties_of(partnership)  # type: ignore[attr-defined]


class MeasureForm(WordsForm):
    """What was measured for a goal on one day."""

    WORDS = {"note": (_("Note"), 1, False)}

    value = forms.DecimalField(label=_("Value"), error_messages=NUMBER, **PRECISE)
    on = day_field(_("Measured on"), required=True)


class FocusSidesForm(forms.Form):
    """Who offers and who seeks expertise in a topic."""

    offered_by = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label=_("Who offers expertise?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sought_by = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label=_("Who seeks expertise?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name in ("offered_by", "sought_by", "lead"):
            if name in self.fields:
                self.fields[name].queryset = parties_of(partnership)  # type: ignore[attr-defined]


class FocusForm(FocusSidesForm):
    """A topic, its status, who offers and who seeks expertise."""

    topic = forms.ModelChoiceField(Topic.objects.all(), label=_("Topic"), error_messages=REQUIRED)
    status = forms.ChoiceField(label=_("Status"), choices=Focus.Status.choices)

    field_order = ("topic", "status")


class FocusLeadForm(FocusSidesForm):
    """Who leads in a topic, who offers and who seeks expertise."""

    lead = forms.ModelChoiceField(
        Party.objects.none(), label=_("City that leads"), required=False, empty_label=_("both")
    )

    field_order = ("lead",)

    def __init__(self, *args: Any, focus: Focus, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.initial.update(
            lead=focus.lead_id,
            offered_by=list(focus.offered_by.values_list("pk", flat=True)),
            sought_by=list(focus.sought_by.values_list("pk", flat=True)),
        )


class FocusStatusForm(forms.Form):
    """The next status of a topic."""

    status = forms.ChoiceField(choices=Focus.Status.choices)


class ExchangeFormatForm(WordsForm):
    """A form of exchange and its rhythm."""

    WORDS = {"name": (_("Format"), 1, True)}

    mode = forms.ChoiceField(label=_("What it is for"), choices=ExchangeFormat.Mode.choices)
    per_year = forms.IntegerField(
        label=_("How many times a year?"),
        min_value=0,
        max_value=32767,
        help_text=_("Empty: without a rhythm."),
        required=False,
        error_messages=NUMBER,
    )


class ParticipationForm(WordsForm):
    """An actor of the directory on the side of one city."""

    WORDS = {"role": (_("What the actor brings in"), 1, False)}

    actor = forms.ModelChoiceField(
        Actor.objects.filter(is_published=True), label=_("Actor"), error_messages=REQUIRED
    )
    party = forms.ModelChoiceField(
        Party.objects.none(), label=_("On the side of"), error_messages=REQUIRED
    )

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["party"].queryset = parties_of(partnership)  # type: ignore[attr-defined]


class EncounterForm(WordsForm):
    """A meeting of both cities."""

    WORDS = {
        "title": (_("Meeting of both cities"), 1, True),
        "reason": (_("Reason, if not held"), 1, False),
    }

    on = day_field(_("Date"), hint=_("Empty: unknown."))
    precision = forms.ChoiceField(
        label=_("How exact is the date?"), choices=Encounter.Precision.choices
    )
    state = forms.ChoiceField(label=_("State"), choices=Encounter.State.choices)
    exchange_format = forms.ModelChoiceField(
        ExchangeFormat.objects.none(), label=_("Format"), required=False
    )
    mode = forms.ChoiceField(
        label=_("What it was for"),
        choices=[("", _("as its format says")), *ExchangeFormat.Mode.choices],
        required=False,
    )
    setting = forms.ChoiceField(
        label=_("How did people meet?"),
        choices=[("", _("unknown")), *Encounter.Setting.choices],
        required=False,
    )
    host = forms.ModelChoiceField(
        Party.objects.none(), label=_("Visit to"), required=False, empty_label=_("no visit")
    )
    both_sides = forms.BooleanField(label=_("Both sides were there."), required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        formats = partnership.exchange_formats.all()
        self.fields["exchange_format"].queryset = formats  # type: ignore[attr-defined]
        self.fields["host"].queryset = parties_of(partnership)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unknown = data.get("precision") == Encounter.Precision.UNKNOWN
        if data.get("on") and unknown:
            self.add_error("precision", _("You gave a date. Say how exact it is, or empty it."))
        return data


class SettleForm(WordsForm):
    """What became of a planned meeting, why, and what took its place."""

    WORDS = {"reason": (_("Reason, if not held"), 1, False)}

    state = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[each for each in Encounter.State.choices if each[0] != Encounter.State.PLANNED],
    )
    replaced_by = forms.ModelChoiceField(
        Encounter.objects.none(), label=_("The meeting that took its place"), required=False
    )

    def __init__(self, *args: Any, encounter: Encounter, **kw: Any) -> None:
        super().__init__(*args, **kw)
        others = Encounter.objects.filter(partnership=encounter.partnership_id)
        self.fields["replaced_by"].queryset = others.exclude(pk=encounter.pk)  # type: ignore[attr-defined]

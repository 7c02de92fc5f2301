"""A case, its roles, and what each phase asks of whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from formats.models import (
    Advice,
    Cohort,
    CohortMember,
    Consultation,
    ConsultationSeat,
    LearningSession,
    Openness,
)
from partnerships.models import Topic


def _area(label: Any, rows: int = 3, *, longest: int = 3000, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=widget, **options)


class CaseForm(forms.Form):
    """The case sheet: situation, what was tried, first thought of a question."""

    title = forms.CharField(label=_("Title"), max_length=200)
    situation = _area(_("What is the situation in your organisation?"), 5, longest=6000)
    tried = _area(_("What have you tried?"), required=False)
    key_question = forms.CharField(
        label=_("Key question, as far as you know it"), max_length=500, required=False
    )
    topic = forms.ModelChoiceField(
        Topic.objects.filter(kind=Topic.Kind.TOPIC), label=_("Topic"), required=False,
        empty_label="–",
    )  # fmt: skip
    session = forms.ModelChoiceField(
        LearningSession.objects.none(),
        label=_("Session that it belongs to"),
        required=False,
        empty_label="–",
    )

    def __init__(self, *args: Any, cohort: Cohort, **kw: Any) -> None:
        super().__init__(*args, **kw)
        peers = cohort.sessions.filter(kind="peer_consultation")
        self.fields["session"].queryset = peers  # type: ignore[attr-defined]


class CastForm(forms.Form):
    """Who moderates, takes notes, advises."""

    moderator = forms.ModelChoiceField(
        CohortMember.objects.none(), label=_("Moderator"), empty_label="–"
    )
    note_taker = forms.ModelChoiceField(
        CohortMember.objects.none(), label=_("Note taker"), empty_label="–"
    )
    advisers = forms.ModelMultipleChoiceField(
        CohortMember.objects.none(), label=_("Advisers"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, consultation: Consultation, **kw: Any) -> None:
        roles = {row.role: row.member_id for row in consultation.seats.all()}
        advisers = [
            row.member_id
            for row in consultation.seats.all()
            if row.role == ConsultationSeat.Role.ADVISER
        ]
        kw.setdefault("initial", {**roles, "advisers": advisers})
        super().__init__(*args, **kw)
        members = CohortMember.objects.joined().filter(cohort=consultation.cohort_id)
        others = members.exclude(pk=consultation.case_giver_id).select_related("user")
        for field in self.fields.values():
            field.queryset = others  # type: ignore[attr-defined]
            field.label_from_instance = lambda each: f"{each.user.name}, {each.organisation}"  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What formats.learning.consultations.cast takes."""
        return {**self.cleaned_data, "advisers": list(self.cleaned_data["advisers"])}


class QuestionForm(forms.Form):
    """The key question, in one sentence."""

    key_question = forms.CharField(label=_("Key question"), max_length=500)


class MethodForm(forms.Form):
    """How the group advises."""

    method = forms.ChoiceField(
        label=_("Method"), choices=Consultation.Method.choices, widget=forms.RadioSelect
    )


class AdviceForm(forms.Form):
    """One contribution."""

    text = _area(_("One contribution"), 2, longest=1000)


class TakeawayForm(forms.Form):
    """What the case giver takes along, and what helps."""

    takeaway = _area(_("What I take away"))
    helpful = forms.ModelMultipleChoiceField(
        Advice.objects.none(), label=_("This helps me"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, consultation: Consultation, **kw: Any) -> None:
        helps = [each.pk for each in consultation.advice.all() if each.helps]
        kw.setdefault("initial", {"takeaway": consultation.takeaway, "helpful": helps})
        super().__init__(*args, **kw)
        field = self.fields["helpful"]
        field.queryset = consultation.advice.all()  # type: ignore[attr-defined]
        field.label_from_instance = lambda each: each.text  # type: ignore[attr-defined]


class LookBackForm(forms.Form):
    """What became of it."""

    words = _area(_("What became of it?"))


class ReleaseForm(forms.Form):
    """How far question and result may go."""

    openness = forms.ChoiceField(
        label=_("Who may read key question, helpful advice and what I took away"),
        choices=[(Openness.OWNER, _("only those who were in it")), *Openness.choices[1:]],
        widget=forms.RadioSelect,
    )  # fmt: skip

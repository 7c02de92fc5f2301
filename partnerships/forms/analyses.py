"""Forms of the candidate analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from partnerships.forms.words import LANGUAGES, REQUIRED, WordsForm
from partnerships.models import (
    Analysis,
    AnalysisCriterion,
    Candidate,
    ConnectionPoint,
    Municipality,
    Score,
    Topic,
)


class AnalysisForm(forms.Form):
    """A name, the home city, the question behind it."""

    title = forms.CharField(
        label=_("Name of the analysis"), max_length=200, error_messages=REQUIRED
    )
    home = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("Home city"), error_messages=REQUIRED
    )
    question = forms.CharField(
        label=_("What you look for in a partner"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CriterionForm(WordsForm):
    """A criterion, its six anchors per language, its weight."""

    WORDS = {"name": (_("Criterion"), 1, True)}

    weight = forms.TypedChoiceField(
        label=_("Weight"),
        help_text=_("Counts only while the weights are switched on."),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 6)],
        initial=1,
    )

    def __init__(self, *args: Any, criterion: AnalysisCriterion | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for language, spoken in LANGUAGES.items():
            lines = criterion.anchors.get(language, []) if criterion else []
            self.fields[f"anchors_{language}"] = forms.CharField(
                label=_("What 0 to 5 points mean – %(language)s") % {"language": spoken},
                help_text=_("Six lines, from 0 to 5 points."),
                initial="\n".join(lines),
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 6}),
                error_messages=REQUIRED,
            )
        if criterion:
            self.initial.setdefault("weight", criterion.weight)

    @property
    def anchors(self) -> dict[str, list[str]]:
        """The six sentences per language."""
        return {
            language: self.cleaned_data[f"anchors_{language}"].strip().splitlines()
            for language in LANGUAGES
        }


class CandidateForm(forms.Form):
    """A further candidate."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("City or region"), error_messages=REQUIRED
    )


class ScoresForm(forms.Form):
    """Points and reasons of one candidate, by all criteria at once."""

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[AnalysisCriterion],
        scores: Mapping[int, Score],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.criteria = criteria
        language = (get_language() or "de").split("-")[0]
        for each in criteria:
            old = scores.get(each.pk)
            anchors = enumerate(each.anchors_in(language))
            self.fields[f"points_{each.position}"] = forms.TypedChoiceField(
                label=_("Points"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _t("not scored")), *((n, f"{n}: {text}") for n, text in anchors)],
                initial="" if old is None else old.points,
            )
            self.fields[f"reason_{each.position}"] = forms.CharField(
                label=_("Reason"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=old.reason if old else "",
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for each in self.criteria:
            points, reason = (typed.get(f"{name}_{each.position}") for name in ("points", "reason"))
            names = {"criterion": each}
            if points is not None and not reason:
                self.add_error(
                    f"reason_{each.position}",
                    _t("Give a reason for the points by “%(criterion)s”.") % names,
                )
            if reason and points is None:
                self.add_error(
                    f"points_{each.position}",
                    _t("Give points by “%(criterion)s” for your reason.") % names,
                )
        return typed

    def groups(self) -> list[tuple[AnalysisCriterion, str]]:
        """Each criterion with the names of its two fields."""
        return [(each, f"points_{each.position} reason_{each.position}") for each in self.criteria]

    def given(self) -> list[tuple[AnalysisCriterion, int, str]]:
        """What was scored: criterion, points, reason."""
        typed = self.cleaned_data
        found = [
            (each, typed[f"points_{each.position}"], typed[f"reason_{each.position}"])
            for each in self.criteria
        ]
        return [(each, points, reason) for each, points, reason in found if points is not None]


class PointForm(WordsForm):
    """A point of connection, similarity or complementary strength."""

    WORDS = {"text": (_("In a sentence"), 2, True)}

    kind = forms.ChoiceField(label=_("Kind"), choices=ConnectionPoint.Kind.choices)


class MatchForm(forms.Form):
    """Who offers and who seeks expertise on a topic."""

    topic = forms.ModelChoiceField(Topic.objects.all(), label=_("Topic"), error_messages=REQUIRED)
    home_offers = forms.BooleanField(required=False)
    home_seeks = forms.BooleanField(required=False)
    other_offers = forms.BooleanField(required=False)
    other_seeks = forms.BooleanField(required=False)

    def __init__(self, *args: Any, home: Municipality, other: Municipality, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name, city in (("home", home), ("other", other)):
            self.fields[f"{name}_offers"].label = _t("%(city)s offers expertise") % {"city": city}
            self.fields[f"{name}_seeks"].label = _t("%(city)s seeks expertise") % {"city": city}


class RankingForm(forms.Form):
    """A remark on the ranking of today."""

    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class DecisionForm(WordsForm):
    """The chosen candidate, the reason, and why no other one was compared."""

    WORDS = {
        "reason": (_("Why this city"), 3, True),
        "single_reason": (_("Why no other city was compared"), 2, False),
    }

    candidate = forms.ModelChoiceField(
        Candidate.objects.none(),
        label=_("Chosen candidate"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages=REQUIRED,
    )

    def __init__(self, *args: Any, analysis: Analysis, **kw: Any) -> None:
        super().__init__(*args, **kw)
        found = analysis.candidates.select_related("municipality")
        self.fields["candidate"].queryset = found  # type: ignore[attr-defined]
        self.order_fields(["candidate"])

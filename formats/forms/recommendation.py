"""A recommendation to politics: three points, addressee, demand, evidence; and the answer to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from formats.forms.localized import Asked, LocalizedForm
from formats.forms.moments import day_field
from formats.models import Cohort, LearningSession


class RecommendationForm(LocalizedForm):
    """Everything that the paper says."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(_("Title"), 200),
        "first": Asked(_("First point"), 300, rows=2, hint=_("The summary has three points.")),
        "second": Asked(_("Second point"), 300, rows=2),
        "third": Asked(_("Third point"), 300, rows=2),
        "addressee": Asked(_("Whom it is said to"), 200),
        "condition": Asked(_("Framework condition that should change"), 1000, rows=3),
        "demand": Asked(_("What we ask for"), 2000, rows=4),
    }
    sessions = forms.ModelMultipleChoiceField(
        LearningSession.objects.none(),
        label=_("Sessions that it comes from"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, cohort: Cohort, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["sessions"].queryset = cohort.sessions.in_order()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What formats.learning.recommendations.draft and reword take."""
        return {**self.all_texts(), "sessions": self.cleaned_data["sessions"]}


class AnswerForm(LocalizedForm):
    """What the addressee said, and when."""

    texts: ClassVar[dict[str, Asked]] = {"answer": Asked(_("What is answered"), 2000, rows=4)}
    on = day_field(_("Day of the answer"))

"""What is asked before a call is planned backwards: the session, and how long things take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from circles.calling.planning import SHORTEST_OPEN_DAYS, SHORTEST_REVIEW_DAYS, Wish
from formats.forms.div import MeetingChoice
from formats.models import Meeting


class PlanForm(forms.Form):
    """Sent with GET: a plan is only looked at."""

    meeting = MeetingChoice(
        label=gettext_lazy("Session of the D.I.V. in which the lot decides"),
        queryset=Meeting.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={
            "required": gettext_lazy("Please choose a session."),
            "invalid_choice": gettext_lazy("This session is over or not public. Choose another."),
        },
    )
    open_days = forms.IntegerField(
        label=gettext_lazy("Days to apply"), min_value=SHORTEST_OPEN_DAYS, max_value=120
    )
    review_days = forms.IntegerField(
        label=gettext_lazy("Days for the review"),
        min_value=SHORTEST_REVIEW_DAYS,
        max_value=90,
        help_text=gettext_lazy(
            "Two people look at each application; codes may follow for 48 hours."
        ),
    )
    objection_days = forms.IntegerField(
        label=gettext_lazy("Days to object for people who are not admitted"),
        min_value=3,
        max_value=60,
    )
    in_invitation = forms.BooleanField(
        label=gettext_lazy(
            "Close the pool early enough to print its fingerprint in the invitation"
        ),
        required=False,
    )

    def __init__(self, meetings: Any, *args: Any, **kwargs: Any) -> None:
        standard = Wish()
        initial = {
            name: getattr(standard, name)
            for name in ("open_days", "review_days", "objection_days", "in_invitation")
        }
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = meetings

    def wish(self) -> Wish:
        """How long things shall take."""
        given = {k: v for k, v in self.cleaned_data.items() if k != "meeting"}
        return Wish(**given)

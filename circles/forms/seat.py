"""Founding a circle, naming a person for a seat, answering such an offer."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from circles.models import Seat
from formats.forms.localized import Asked, LocalizedForm
from formats.forms.moments import day_field


class FoundingForm(LocalizedForm):
    """Name and purpose of a new circle."""

    texts: ClassVar[dict[str, Asked]] = {
        "name": Asked(gettext_lazy("Name of the circle"), 80),
        "purpose": Asked(
            gettext_lazy("Purpose"),
            1000,
            rows=3,
            hint=gettext_lazy("Why these fifteen people work together, and what may come of it."),
        ),
    }


class NominationForm(LocalizedForm):
    """Whom a body named for a seat, and why."""

    name = forms.CharField(label=gettext_lazy("Name of the person"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the person"),
        help_text=gettext_lazy("The person answers by the link in a mail, without an account."),
    )
    body = forms.CharField(
        label=gettext_lazy("Named by"),
        max_length=200,
        help_text=gettext_lazy("The department, university, association or body"),
    )
    nominated_on = day_field(gettext_lazy("Named on"))
    reason = forms.CharField(
        label=gettext_lazy("Why this person"),
        max_length=500,
        help_text=gettext_lazy("The person reads this sentence."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        # Only experts are named for a field of knowledge.
        self.texts = (  # type: ignore[misc]
            {"expertise": Asked(gettext_lazy("Field of expertise"), 120)}
            if seat.kind == Seat.Kind.EXPERT
            else {}
        )
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """What circles.nominations.nominate takes."""
        plain = ("name", "email", "body", "nominated_on", "reason")
        values = {name: self.cleaned_data[name] for name in plain}
        return values | ({"expertise": self.text("expertise")} if self.texts else {})


class NominationAnswerForm(forms.Form):
    """The named person's two statements."""

    conflict = forms.CharField(
        label=gettext_lazy("Interests that others should know of"),
        max_length=500,
        required=False,
        help_text=gettext_lazy(
            "For example a company or an association that has something to gain. "
            "Leave it empty if there are none."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    declared = forms.BooleanField(
        label=gettext_lazy("I have named every such interest, or there are none."),
        error_messages={"required": gettext_lazy("Please confirm this to take the seat.")},
    )
    name_is_public = forms.BooleanField(
        label=gettext_lazy("My name may stand on the public page of the circle."),
        required=False,
        help_text=gettext_lazy(
            "Voluntary. You can take this back at any time, on the page of your seat."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["conflict"] = cleaned.get("conflict", "").strip()
        return cleaned

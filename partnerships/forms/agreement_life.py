"""Forms of a concluded agreement: a later end, notice, the day of the review."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.words import REQUIRED, day_field
from partnerships.wording.terminations import months_later


class RenewForm(forms.Form):
    """The new end that one city declares."""

    ends_on = day_field(_("New end of the term"), required=True)


class NoticeForm(forms.Form):
    """Since when notice is given, and why; confirmed with the last day on the screen."""

    given_on = day_field(
        _("Notice given on"), required=True, hint=_("The day on which the letter went out.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody involved will read it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=REQUIRED,
    )
    sure = forms.BooleanField(
        label=_("My city ends this agreement. This cannot be taken back."),
        error_messages={"required": _("Please confirm that your city ends the agreement.")},
    )
    last_day = forms.DateField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, months: int, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.months = months

    def clean(self) -> dict[str, Any]:
        """Another day than the one shown is shown first, and confirmed anew."""
        cleaned: dict[str, Any] = super().clean() or {}
        given_on = cleaned.get("given_on")
        if given_on is None:
            return cleaned
        last_day = months_later(given_on, self.months)
        if cleaned.get("last_day") != last_day:
            posted = {name: self.data.get(name, "") for name in self.data}
            self.data = {**posted, "last_day": last_day.isoformat(), "sure": ""}
            self.add_error("sure", self._confirm(last_day))
        return cleaned

    def _confirm(self, last_day: dt.date) -> str:
        return _("The last day of the agreement would be %(day)s. Please confirm this day.") % {
            "day": f"{last_day:%d.%m.%Y}"
        }


class ReviewForm(forms.Form):
    """When both sides look at the agreement together."""

    review_on = day_field(
        _("Date of the review"), hint=_("Everybody involved is reminded 30 days before.")
    )


class DeclareForm(forms.Form):
    """The digest of the proposal that was on the screen."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", max_length=64, widget=forms.HiddenInput)

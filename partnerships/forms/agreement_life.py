"""Forms of a concluded agreement: a later end, notice, the day of the review."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.words import REQUIRED, day_field


class RenewForm(forms.Form):
    """The new end that one city declares."""

    ends_on = day_field(_("New end of the term"), required=True)


class NoticeForm(forms.Form):
    """Since when notice is given, and why; both with the intent to end the agreement."""

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


class ReviewForm(forms.Form):
    """When both sides look at the agreement together."""

    review_on = day_field(
        _("Date of the review"), hint=_("Everybody involved is reminded 30 days before.")
    )


class DeclareForm(forms.Form):
    """The digest of the proposal that was on the screen."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", max_length=64, widget=forms.HiddenInput)

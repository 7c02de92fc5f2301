"""The filters of the list of agreements."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Agreement


class AgreementFilter(forms.Form):
    """Ending soon, in one state, or waiting for one's own side; all optional."""

    ending = forms.TypedChoiceField(
        label=_("Ending in"),
        choices=[
            ("", _("any time")),
            ("30", _("30 days")),
            ("90", _("90 days")),
            ("180", _("180 days")),
            ("365", _("one year")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *Agreement.State.choices], required=False
    )
    ours = forms.BooleanField(label=_("Waiting for us"), required=False)

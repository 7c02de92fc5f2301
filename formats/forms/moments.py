"""A day and a time of day as people type them, made into one moment of the city's zone.

Times that a change of the clocks skips or repeats are refused.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms import words


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A field for a day with the browser's calendar, required unless told otherwise."""
    return words.day_field(label, **{"required": True, **options})


def time_field(label: Any, **options: Any) -> forms.TimeField:
    """A field for a time of day."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(
        label=label,
        widget=widget,
        error_messages={"invalid": gettext_lazy("Please type a time such as 17:30.")},
        **options,
    )


def moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """The moment in UTC; raises ValidationError for times that the clocks skip or repeat."""
    local = dt.datetime.combine(day, time, tzinfo=ZoneInfo(zone))
    back = local.astimezone(dt.UTC).astimezone(ZoneInfo(zone))
    if back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise forms.ValidationError(
            _("This time does not exist: the clocks are put forward then."), code="skipped"
        )
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        raise forms.ValidationError(
            _("This time exists twice: the clocks are put back then. Choose another."),
            code="repeated",
        )
    return local.astimezone(dt.UTC)

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

from formats.models import Body
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


class MomentsForm(forms.Form):
    """Day, beginning, end and place of something that happens where `body` meets."""

    day = day_field(gettext_lazy("Day"))
    starts = time_field(gettext_lazy("Begins at"))
    ends = time_field(gettext_lazy("Ends at"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        self.fields["starts"].help_text = _("Time zone: %(zone)s") % {"zone": body.time_zone}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if day is None or starts is None or ends is None:
            return cleaned
        if ends <= starts:
            self.add_error("ends", _("The session ends before it begins."))
            return cleaned
        for name, time in (("starts", starts), ("ends", ends)):
            self._set_moment(cleaned, name, day, time)
        return cleaned

    def _set_moment(self, cleaned: dict[str, Any], name: str, day: dt.date, time: dt.time) -> None:
        try:
            cleaned[f"{name}_at"] = moment(day, time, self.body.time_zone)
        except forms.ValidationError as error:
            self.add_error(name, error)

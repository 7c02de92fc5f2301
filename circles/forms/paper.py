"""What the office types for people who wrote, called or came: one at a time, or a whole table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.applying import paper
from circles.forms.application import PersonForm, ReferenceForm
from circles.models import Application
from formats.forms.moments import day_field, moment, time_field

WAYS = [(way.value, way.label) for way in Application.Way if way != Application.Way.ONLINE]


class OfferNoteForm(ReferenceForm):
    """What the person said to the offer of a seat, and where their word is kept."""

    field_order = ("said", "name_is_public", "reference")

    said = forms.ChoiceField(
        label=gettext_lazy("What the person said"),
        choices=[
            (paper.SAID_YES, gettext_lazy("Yes, I take the seat")),
            (paper.SAID_NO, gettext_lazy("No, I do not want it")),
            (paper.OBJECTS, gettext_lazy("I object: I want the seat after all")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
    name_is_public = forms.BooleanField(
        label=gettext_lazy("With the yes: the name may be shown on public pages."), required=False
    )


class PaperForm(PersonForm):
    """What came by letter, by telephone or at the desk."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        required=False,
        error_messages={
            "invalid": gettext_lazy("This is not a whole address. Example: name@example.org")
        },
    )
    postal_address = forms.CharField(
        label=gettext_lazy("Postal address"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Without an e-mail address all news goes there as letters."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=WAYS,
        initial=Application.Way.LETTER,
        required=False,
        widget=forms.RadioSelect,
    )
    received_day = day_field(
        gettext_lazy("Arrived on"),
        required=False,
        hint=gettext_lazy(
            "Leave empty for now. A letter that came before the deadline may be typed until three "
            "days after it."
        ),
    )
    received_time = time_field(gettext_lazy("Arrived at"), required=False)
    file_reference = forms.RegexField(
        label=gettext_lazy("File reference of the letter or the note of the call"),
        regex=r"^[A-Za-z0-9][A-Za-z0-9 /.:-]{2,39}\Z",
        max_length=40,
        required=False,
        help_text=gettext_lazy("Such as AZ 12/2026-7; no names."),
        error_messages={
            "invalid": gettext_lazy("Only letters, digits, spaces and / . : - please."),
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["way"] = cleaned.get("way") or Application.Way.LETTER
        ways = ("email", "phone", "postal_address")
        if not any(cleaned.get(way) or way in self.errors for way in ways):
            raise forms.ValidationError(
                _("Note at least one way to reach the person."), code="unreachable"
            )
        self._clean_arrival(cleaned)
        return cleaned

    def _clean_arrival(self, cleaned: dict[str, Any]) -> None:
        day, time = cleaned.get("received_day"), cleaned.get("received_time")
        cleaned["received_at"] = None
        if day is None and time is None:
            return
        if day is None or time is None:
            missing = "received_day" if day is None else "received_time"
            self.add_error(missing, _("Give both the day and the time of arrival, or neither."))
            return
        if not cleaned.get("file_reference"):
            self.add_error("file_reference", _("What is typed later needs its file reference."))
        try:
            cleaned["received_at"] = moment(day, time, settings.TIME_ZONE)
        except forms.ValidationError as error:
            self.add_error("received_time", error)

    def paper(self) -> dict[str, Any]:
        """What circles.applications.enter_on_paper takes."""
        plain = ("email", "postal_address", "way", "file_reference", "received_at")
        return self.person() | {name: self.cleaned_data[name] for name in plain}

"""What is typed in a circle's room: meetings, their items, tasks, files, announcements, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles.models import DateAnswer, DateOption, SeatTerm
from circles.seating import acting
from formats.forms.moments import MomentsForm, day_field, moment, time_field
from formats.forms.session import SizedFileForm
from formats.models import Body
from foundation.languages import LocalizedText
from foundation.look import moments

REQUIRED = {"required": gettext_lazy("Please fill this in.")}
MOST_DATES = 5


class GatheringForm(MomentsForm):
    """Day, time and place of a meeting."""

    def values(self) -> dict[str, Any]:
        """What gatherings.plan and gatherings.move take."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "place")}


class GatheringItemForm(forms.Form):
    """What the meeting is to deal with."""

    title = forms.CharField(
        label=gettext_lazy("Agenda item"), max_length=200, error_messages=REQUIRED
    )
    explanation = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def values(self) -> dict[str, Any]:
        """What gatherings.add_item takes."""
        return {name: LocalizedText.of("de", self.cleaned_data[name]) for name in self.fields}


class OwnerChoice(forms.ModelChoiceField):
    """Members of the circle by name."""

    def label_from_instance(self, obj: Any) -> str:
        return acting.name_of(obj)


class TaskForm(forms.Form):
    """What is to be done, by whom, until when."""

    title = forms.CharField(
        label=gettext_lazy("What is to be done"), max_length=200, error_messages=REQUIRED
    )
    owner = OwnerChoice(
        label=gettext_lazy("Who does it"),
        queryset=SeatTerm.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={
            "required": gettext_lazy("Please choose who does it."),
            "invalid_choice": gettext_lazy(
                "This person does not sit in the circle any more. Choose another."
            ),
        },
    )
    due_on = day_field(gettext_lazy("Until"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, members: QuerySet[SeatTerm], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = members


class RoomFileForm(SizedFileForm):
    """A file for everybody in the room."""

    name = forms.CharField(
        label=gettext_lazy("Name of the file"), max_length=200, error_messages=REQUIRED
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, at most 20 MB, kept as it is; or a photo (JPEG or PNG), at most 10 MB, which is "
            "made smaller, without what the camera wrote into it."
        ),
        error_messages={"required": gettext_lazy("Please choose the file.")},
        allow_empty_file=True,
    )


class AnnouncementForm(forms.Form):
    """What all members are to know."""

    title = forms.CharField(label=gettext_lazy("Subject"), max_length=100, error_messages=REQUIRED)
    text = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages=REQUIRED,
        help_text=gettext_lazy(
            "It stands in the room at once, and leaves at once as a mail to each member. It cannot "
            "be called back."
        ),
    )


class DatePollForm(forms.Form):
    """A meeting that needs a date, and up to five moments for it."""

    title = forms.CharField(
        label=gettext_lazy("What the meeting is about"), max_length=200, error_messages=REQUIRED
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, error_messages=REQUIRED)

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        self.rows = range(1, MOST_DATES + 1)
        for n in self.rows:
            needed = {"required": n == 1}
            self.fields[f"day_{n}"] = day_field(_("Date %(n)d") % {"n": n}, **needed)
            self.fields[f"starts_{n}"] = time_field(_("Date %(n)d begins at") % {"n": n}, **needed)
            self.fields[f"ends_{n}"] = time_field(_("Date %(n)d ends at") % {"n": n}, **needed)
        self.fields["starts_1"].help_text = _("Time zone: %(zone)s") % {"zone": body.time_zone}
        self.options: list[tuple[dt.datetime, dt.datetime]] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.options = []
        for n in self.rows:
            self._read_row(cleaned, n)
        return cleaned

    def _read_row(self, cleaned: dict[str, Any], n: int) -> None:
        day, starts, ends = (cleaned.get(f"{name}_{n}") for name in ("day", "starts", "ends"))
        given = [each for each in (day, starts, ends) if each is not None]
        broken = any(f"{name}_{n}" in self.errors for name in ("day", "starts", "ends"))
        if not given or broken:
            return
        if day is None or starts is None or ends is None:
            self.add_error(f"day_{n}", _("A date needs day, beginning and end."))
        elif ends <= starts:
            self.add_error(f"ends_{n}", _("The meeting ends before it begins."))
        else:
            try:
                zone = self.body.time_zone
                self.options.append((moment(day, starts, zone), moment(day, ends, zone)))
            except ValidationError as error:
                self.add_error(f"starts_{n}", error)


class DateAnswerForm(forms.Form):
    """Yes, if need be, or no to each moment."""

    def __init__(
        self,
        options: Iterable[DateOption],
        *args: Any,
        zone: str,
        said: dict[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.options = list(options)
        for option in self.options:
            begins = moments.moment_text(option.starts_at, zone)
            self.fields[f"option_{option.pk}"] = forms.ChoiceField(
                label=begins,
                choices=DateAnswer.Word.choices,
                widget=forms.RadioSelect,
                initial=(said or {}).get(option.pk),
                error_messages={
                    "required": _("Please answer for %(moment)s.") % {"moment": begins}
                },
            )

    def words(self) -> dict[DateOption, str]:
        """What was said, by option."""
        return {option: self.cleaned_data[f"option_{option.pk}"] for option in self.options}

"""What the office types for an event: words, dates as exact as known, places, registration."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formats.forms.localized import Asked, LocalizedForm, initial_of
from formats.forms.moments import day_field, moment, time_field
from formats.models import Event, Forum
from foundation.languages import LocalizedText
from foundation.look import moments
from partnerships.models import (
    Encounter,
    ExchangeFormat,
    Municipality,
    Partnership,
    Party,
    Topic,
)

TITLE_LANGUAGES = (
    ("de", gettext_lazy("German")),
    ("en", gettext_lazy("English")),
    ("fi", gettext_lazy("Finnish")),
)
PLACES = range(1, 4)
GROUPS = (
    (gettext_lazy("What it is"), "kind title_language title_de title_en title_fi summary_de"
     " summary_en description_de description_en topics is_demo", ""),
    (gettext_lazy("When it is"), "starts_day starts_time ends_day ends_time time_zone precision"
     " is_tentative",
     gettext_lazy("No more exact than it is known. With times people can put it in a calendar.")),
    (gettext_lazy("Where it is, and who comes"), "mode place_1 city_1 address_1 place_2 city_2"
     " address_2 place_3 city_3 address_3 access invited attendance attendance_is_about", ""),
    (gettext_lazy("Registration"), "registration_day registration_time capacity joining",
     gettext_lazy("Without a day only those register whom you invite: until the event begins.")),
    (gettext_lazy("What it belongs to"), "partnership exchange_format forum ordinal predecessor"
     " encounter", ""),
    (gettext_lazy("What a trip is for"), "learns_de learns_en shows_de shows_en note_de note_en",
     ""),
)  # fmt: skip


class TitledForm(LocalizedForm):
    """Adds a title that keeps the language in which it was given."""

    title_language = forms.ChoiceField(
        label=gettext_lazy("Language of the title"),
        choices=TITLE_LANGUAGES,
        initial="de",
        help_text=gettext_lazy("The language in which it was given; the others are translations."),
    )
    title_de = forms.CharField(
        label=gettext_lazy("Title, in German"), max_length=200, required=False
    )
    title_en = forms.CharField(
        label=gettext_lazy("Title, in English"), max_length=200, required=False
    )
    title_fi = forms.CharField(
        label=gettext_lazy("Title, in Finnish"), max_length=200, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        source = cleaned.get("title_language")
        if source and not cleaned.get(f"title_{source}"):
            self.add_error(
                f"title_{source}", _("Please write the title in the language that you chose.")
            )
        return cleaned

    @property
    def title(self) -> LocalizedText:
        """The title with its source language first."""
        source = self.cleaned_data["title_language"]
        typed = {code: self.cleaned_data[f"title_{code}"] for code, _name in TITLE_LANGUAGES}
        return LocalizedText.of(source, typed.pop(source), **typed)


# Names of partnerships are made of their cities: fetched with the rows, not one by one.
CITIES = Prefetch(
    "parties", queryset=Party.objects.select_related("municipality").order_by("position")
)
OF_PARTNERSHIP = Prefetch("partnership", queryset=Partnership.objects.prefetch_related(CITIES))


class _Named(forms.ModelChoiceField):
    """Objects by what they say of themselves, those of a partnership with its name before."""

    def label_from_instance(self, obj: Any) -> str:
        if isinstance(obj, Encounter | ExchangeFormat):
            return f"{obj.partnership.name}: {obj}"
        return obj.name if isinstance(obj, Partnership) else str(obj)


def _choice(queryset: Any, label: Any, **options: Any) -> forms.ModelChoiceField:
    return _Named(queryset, label=label, required=False, empty_label="–", **options)


class EventForm(TitledForm):
    """Everything about an event but its programme and people."""

    texts: ClassVar[dict[str, Asked]] = {
        "summary": Asked(gettext_lazy("In two sentences"), 500, rows=2, required=False),
        "description": Asked(gettext_lazy("What it is about"), 6000, rows=6, required=False),
        "learns": Asked(gettext_lazy("What we want to learn there"), 500, rows=2, required=False),
        "shows": Asked(gettext_lazy("What we want to show there"), 500, rows=2, required=False),
        "note": Asked(gettext_lazy("What the source leaves open"), 500, rows=2, required=False),
    }
    kind = forms.ChoiceField(label=gettext_lazy("Kind of event"), choices=Event.Kind.choices)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=gettext_lazy("Topics and industries"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    is_demo = forms.BooleanField(label=gettext_lazy("Invented (Demo)"), required=False)
    starts_day = day_field(gettext_lazy("First day"), required=False)
    starts_time = time_field(gettext_lazy("Begins at"), required=False)
    ends_day = day_field(gettext_lazy("Last day, if it is another one"), required=False)
    ends_time = time_field(gettext_lazy("Ends at"), required=False)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    precision = forms.ChoiceField(
        label=gettext_lazy("How exact is the date?"), choices=Encounter.Precision.choices
    )
    is_tentative = forms.BooleanField(label=gettext_lazy("Probably, not fixed"), required=False)
    mode = forms.ChoiceField(
        label=gettext_lazy("How do people meet?"),
        choices=[("", gettext_lazy("unknown")), *Encounter.Setting.choices],
        required=False,
    )
    access = forms.ChoiceField(label=gettext_lazy("Who may come"), choices=Event.Access.choices)
    invited = forms.IntegerField(
        label=gettext_lazy("Number of people invited"),
        min_value=0,
        max_value=1_000_000,
        required=False,
    )
    attendance = forms.IntegerField(
        label=gettext_lazy("Number of people who came"),
        min_value=0,
        max_value=1_000_000,
        required=False,
    )
    attendance_is_about = forms.BooleanField(
        label=gettext_lazy("This number is rounded"), required=False
    )
    registration_day = day_field(gettext_lazy("Register until (day)"), required=False)
    registration_time = time_field(gettext_lazy("Register until (time)"), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Number of places"), min_value=1, max_value=1_000_000, required=False,
        help_text=gettext_lazy("Empty: as many as come"),
    )  # fmt: skip
    joining = forms.CharField(
        label=gettext_lazy("How to join online"), max_length=500, required=False,
        help_text=gettext_lazy("Only those who are registered are told."),
    )  # fmt: skip
    partnership = _choice(Partnership.objects.prefetch_related(CITIES), gettext_lazy("Partnership"))
    exchange_format = _choice(
        ExchangeFormat.objects.prefetch_related(OF_PARTNERSHIP),
        gettext_lazy("Format that the partnership promised"),
    )
    forum = _choice(Forum.objects.all(), gettext_lazy("Forum"))
    ordinal = forms.IntegerField(
        label=gettext_lazy("Number within the forum"), min_value=1, max_value=9999, required=False
    )
    predecessor = _choice(Event.objects.all(), gettext_lazy("Follows this event"))

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = Municipality.objects.order_by().values_list("time_zone", flat=True).distinct()
        names = sorted({settings.TIME_ZONE, "Europe/Helsinki", *zones})
        self.fields["time_zone"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        for n in PLACES:
            self.fields[f"place_{n}"] = forms.CharField(
                label=_("Place %(n)d") % {"n": n}, max_length=200, required=False
            )
            self.fields[f"city_{n}"] = _choice(
                Municipality.objects.all(), _("City of place %(n)d") % {"n": n}
            )
            self.fields[f"address_{n}"] = forms.CharField(
                label=_("Address of place %(n)d") % {"n": n}, max_length=300, required=False
            )
        if event is not None:
            del self.fields["is_demo"]
            others = Event.objects.exclude(pk=event.pk)
            self.fields["predecessor"].queryset = others  # type: ignore[attr-defined]
        else:
            free = Encounter.objects.filter(subject_type="").prefetch_related(OF_PARTNERSHIP)
            self.fields["encounter"] = _choice(
                free, _("Meeting of the partnership that is written down already")
            )

    @property
    def groups(self) -> list[tuple[Any, str, Any]]:
        """(legend, names of its fields, note) in the order of the page."""
        return [
            (legend, " ".join(n for n in names.split() if n in self.fields), note)
            for legend, names, note in GROUPS
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("starts_time") and not cleaned.get("starts_day"):
            self.add_error("starts_day", _("A time needs its day."))
        if bool(cleaned.get("starts_time")) != bool(cleaned.get("ends_time")):
            name = "ends_time" if cleaned.get("starts_time") else "starts_time"
            self.add_error(name, _("Please give both times, or none."))
        if cleaned.get("registration_day") and not cleaned.get("registration_time"):
            cleaned["registration_time"] = dt.time(23, 59)
        if not self.errors:
            self._set_moments(cleaned)
        chosen, pair = cleaned.get("exchange_format"), cleaned.get("partnership")
        if chosen is not None and chosen.partnership_id != (pair.pk if pair else None):
            self.add_error("exchange_format", _("Another partnership has promised this format."))
        known = cleaned.get("encounter")
        if known is not None and known.partnership_id != (pair.pk if pair else None):
            self.add_error("encounter", _("This meeting belongs to another partnership."))
        return cleaned

    def _set_moments(self, cleaned: dict[str, Any]) -> None:
        first = cleaned.get("starts_day")
        days = {
            "starts": first,
            "ends": cleaned.get("ends_day") or first,
            "registration": cleaned.get("registration_day"),
        }
        for name, day in days.items():
            time = cleaned.get(f"{name}_time")
            cleaned[f"{name}_at"] = None
            if day and time:
                try:
                    cleaned[f"{name}_at"] = moment(day, time, cleaned["time_zone"])
                except forms.ValidationError as error:
                    self.add_error(f"{name}_time", error)

    def values(self) -> dict[str, Any]:
        """What formats.events.plan and describe take."""
        typed = self.cleaned_data
        names = (
            "kind", "topics", "time_zone", "precision", "is_tentative", "mode", "access", "invited",
            "attendance", "attendance_is_about", "capacity", "joining", "partnership",
            "exchange_format", "forum", "ordinal", "predecessor", "is_demo", "encounter",
        )  # fmt: skip
        return {
            **{name: typed[name] for name in names if name in self.fields},
            **self.all_texts(),
            "title": self.title,
            "starts_on": typed["starts_day"],
            "ends_on": typed["ends_day"],
            "starts_at": typed["starts_at"],
            "ends_at": typed["ends_at"],
            "registration_until": typed["registration_at"],
        }

    def places(self) -> list[tuple[str, Municipality | None, str]]:
        """(house or town, city, address) of the rows that were filled in."""
        rows = [
            [self.cleaned_data[f"{k}_{n}"] for k in ("place", "city", "address")] for n in PLACES
        ]
        return [(name or str(city), city, address) for name, city, address in rows if name or city]


def initial_of_event(event: Event) -> dict[str, Any]:
    """Initial values that show `event` in an EventForm."""
    names = (
        "kind", "time_zone", "precision", "is_tentative", "mode", "access", "invited", "attendance",
        "attendance_is_about", "capacity", "joining", "partnership", "exchange_format", "forum",
        "ordinal", "predecessor",
    )  # fmt: skip
    found: dict[str, Any] = {name: getattr(event, name) for name in names}
    for name in EventForm.texts:
        found |= initial_of(name, getattr(event, name))
    found |= {"title_language": event.title.source, "topics": list(event.topics.all())}
    found |= {f"title_{code}": event.title.get(code) for code, _name in TITLE_LANGUAGES}
    found |= {"starts_day": event.starts_on, "ends_day": event.ends_on}
    for name, at in (
        ("starts", event.starts_at), ("ends", event.ends_at),
        ("registration", event.registration_until),
    ):  # fmt: skip
        if at is not None:
            there = moments.local(at, event.time_zone)
            found |= {f"{name}_time": there.time(), f"{name}_day": there.date()}
    for n, place in enumerate(event.places.all()[: len(PLACES)], start=1):
        found |= {
            f"place_{n}": place.name, f"city_{n}": place.municipality, f"address_{n}": place.address
        }  # fmt: skip
    return found

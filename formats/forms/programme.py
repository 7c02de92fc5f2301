"""What the office types for a programme: its parts, and who takes part in which role."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formats.forms.localized import Asked, LocalizedForm, initial_of
from formats.forms.moments import day_field, moment, time_field
from formats.models import Contributor, Event, EventSession
from foundation.look import moments
from partnerships.models import Actor


class SessionForm(LocalizedForm):
    """One part of a programme; without times it may say in words when it is."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(gettext_lazy("Title of this part"), 200),
        "description": Asked(gettext_lazy("What happens"), 2000, rows=3, required=False),
        "questions": Asked(
            gettext_lazy("Guiding questions"), 2000, rows=4,
            hint=gettext_lazy("One question a line"), required=False,
        ),
        "when": Asked(
            gettext_lazy("When, in words"), 100,
            hint=gettext_lazy("Only where no time is known, such as: by June 2020"),
            required=False,
        ),
    }  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", "–"), *Event.Kind.choices], required=False
    )
    day = day_field(gettext_lazy("Day"), required=False)
    starts = time_field(gettext_lazy("Begins at"), required=False)
    ends = time_field(gettext_lazy("Ends at"), required=False)
    place = forms.CharField(label=gettext_lazy("Room or place"), max_length=200, required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["starts"].help_text = _("Time zone: %(zone)s") % {"zone": event.time_zone}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("day") or self.event.starts_on
        for name in ("starts", "ends"):
            time = cleaned.get(name)
            cleaned[f"{name}_at"] = None
            if time is None:
                continue
            if day is None:
                self.add_error("day", _("A time needs its day."))
                continue
            try:
                cleaned[f"{name}_at"] = moment(day, time, self.event.time_zone)
            except forms.ValidationError as error:
                self.add_error(name, error)
        return cleaned

    def values(self) -> dict[str, Any]:
        """What formats.programmes.add_session takes."""
        names = ("kind", "starts_at", "ends_at", "place")
        return {**self.all_texts(), **{name: self.cleaned_data[name] for name in names}}


def initial_of_session(session: EventSession) -> dict[str, Any]:
    """Initial values that show `session` in a SessionForm."""
    found: dict[str, Any] = {"kind": session.kind, "place": session.place}
    for name in SessionForm.texts:
        found |= initial_of(name, getattr(session, name))
    for name, at in (("starts", session.starts_at), ("ends", session.ends_at)):
        if at is not None:
            there = moments.local(at, session.event.time_zone)
            found |= {name: there.time(), "day": there.date()}
    return found


class ContributorForm(LocalizedForm):
    """Somebody by organisation or function; a name only with consent."""

    texts: ClassVar[dict[str, Asked]] = {
        "function": Asked(
            gettext_lazy("Function"), 200, hint=gettext_lazy("As the person stands in public"),
            required=False,
        ),
    }  # fmt: skip
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Contributor.Role.choices)
    actor = forms.ModelChoiceField(
        Actor.objects.none(), label=gettext_lazy("Organisation"), required=False, empty_label="–"
    )
    session = forms.ModelChoiceField(
        EventSession.objects.none(), label=gettext_lazy("In this part"), required=False,
        empty_label=gettext_lazy("the whole event"),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    agreed = forms.BooleanField(
        label=gettext_lazy("The person has agreed to be named here."), required=False
    )

    def __init__(self, *args: Any, event: Event | None, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actor"].queryset = Actor.objects.visible_to(user)  # type: ignore[attr-defined]
        if event is None:
            del self.fields["session"]
        else:
            self.fields["session"].queryset = event.sessions.all()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What formats.programmes.involve takes beside the place."""
        names = ("role", "actor", "session", "name", "agreed")
        return {**self.all_texts(), **{n: self.cleaned_data[n] for n in names if n in self.fields}}


class CancelForm(LocalizedForm):
    """Why an event does not take place, and whether a digital form takes its place."""

    texts: ClassVar[dict[str, Asked]] = {
        "reason": Asked(gettext_lazy("Reason, shown publicly"), 500, rows=2),
    }
    replaced = forms.BooleanField(
        label=gettext_lazy("A digital form takes its place"), required=False
    )
    replaced_by = forms.ModelChoiceField(
        Event.objects.none(), label=gettext_lazy("Which one, if it stands here"), required=False,
        empty_label="–",
    )  # fmt: skip

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Event.objects.exclude(pk=event.pk).filter(mode="digital")
        self.fields["replaced_by"].queryset = others  # type: ignore[attr-defined]


class HeldForm(forms.Form):
    """How many came."""

    attendance = forms.IntegerField(
        label=gettext_lazy("Number of people who came"),
        min_value=0,
        max_value=1_000_000,
        required=False,
    )
    is_about = forms.BooleanField(label=gettext_lazy("This number is rounded"), required=False)


class MaterialForm(LocalizedForm):
    """A PDF with its title."""

    texts: ClassVar[dict[str, Asked]] = {"title": Asked(gettext_lazy("Title"), 200)}
    file = forms.FileField(
        label=gettext_lazy("PDF file"),
        help_text=gettext_lazy("Everybody who sees the event can load it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

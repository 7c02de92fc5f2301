"""What the office types for a learning network: words, years, sessions, invitations, experts.

No form asks how innovative an organisation is, and none ever filters by it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from formats.forms.localized import Asked, LocalizedForm
from formats.forms.moments import day_field, moment, time_field
from formats.models import (
    Cohort,
    CohortMember,
    Event,
    Forum,
    KnowledgeGiver,
    LearningSession,
    PeerGroup,
)
from foundation.accounts.mandates import Actor as Reader
from partnerships.models import Actor, Encounter, Topic

ZONE = "Europe/Berlin"


class NetworkForm(LocalizedForm):
    """Name, purpose, goals and rules; host and umbrella."""

    texts: ClassVar[dict[str, Asked]] = {
        "name": Asked(_("Name"), 200),
        "claim": Asked(_("Claim"), 300, required=False),
        "purpose": Asked(_("What it is for"), 3000, rows=5, required=False),
        "goals": Asked(_("Goals"), 2000, rows=4, hint=_("One a line"), required=False),
        "rules": Asked(
            _("Rules of the room"), 2000, rows=5, required=False,
            hint=_("One a line. Everybody who joins accepts them."),
        ),
    }  # fmt: skip
    host = forms.ModelChoiceField(Actor.objects.none(), label=_("Host"), empty_label="–")
    forum = forms.ModelChoiceField(
        Forum.objects.all(), label=_("Umbrella forum"), required=False, empty_label="–"
    )

    def __init__(self, *args: Any, user: Reader, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["host"].queryset = Actor.objects.visible_to(user)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What formats.learning.networks.found and describe take."""
        names = ("host", "forum")
        return {**self.all_texts(), **{name: self.cleaned_data[name] for name in names}}


class CohortForm(LocalizedForm):
    """One year of a network."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(_("Title"), 200, required=False),
        "summary": Asked(_("What the year is about"), 1000, rows=3, required=False),
        "source": Asked(_("Source of the figures"), 300, required=False),
    }
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    participants_told = forms.IntegerField(
        label=_("Number of participants, for a year before the portal"), min_value=0,
        max_value=9999, required=False,
    )  # fmt: skip
    field_order = ("year", "participants_told")

    def values(self) -> dict[str, Any]:
        """What formats.learning.networks.plan and describe_cohort take."""
        names = ("year", "participants_told")
        return {**self.all_texts(), **{name: self.cleaned_data[name] for name in names}}


class LearningSessionForm(LocalizedForm):
    """Kind, topic, day and time, and the public event where there is one."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(_("Title"), 200),
        "description": Asked(_("Description"), 2000, rows=3, required=False),
        "when": Asked(
            _("When, in words"), 200, required=False, hint=_("Where no day is known: by June 2020")
        ),
    }
    kind = forms.ChoiceField(label=_("Kind"), choices=LearningSession.Kind.choices)
    mode = forms.ChoiceField(
        label=_("How"), choices=[("", "–"), *Encounter.Setting.choices], required=False
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label=_("Topic"), required=False, empty_label="–"
    )
    day = day_field(_("Day"), required=False)
    starts = time_field(_("Begins at"), required=False)
    ends = time_field(_("Ends at"), required=False)
    attendance = forms.IntegerField(
        label=_("Number of people there"), min_value=0, max_value=9999, required=False
    )
    event = forms.ModelChoiceField(
        Event.objects.all(), label=_("Public event"), required=False,
        empty_label=_("none: for the cohort only"),
        help_text=_("There everybody registers and finds the material."),
    )  # fmt: skip
    recording = forms.URLField(
        label=_("Recording"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Only the cohort sees the link."),
    )  # fmt: skip
    field_order = ("kind",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, times = cleaned.get("day"), [cleaned.get("starts"), cleaned.get("ends")]
        cleaned["starts_at"] = cleaned["ends_at"] = None
        if not any([day, *times]):
            return cleaned
        if not all([day, *times]):
            self.add_error("day", _("A day needs both times. Without them, say it in words."))
            return cleaned
        for name, field in (("starts_at", "starts"), ("ends_at", "ends")):
            try:
                cleaned[name] = moment(cleaned["day"], cleaned[field], ZONE)
            except ValidationError as error:
                self.add_error(field, error)
        return cleaned

    def values(self) -> dict[str, Any]:
        """What formats.learning.sessions.add and change take."""
        names = ("kind", "mode", "topic", "attendance", "event", "recording")
        times = ("starts_at", "ends_at")
        return {**self.all_texts(), **{name: self.cleaned_data[name] for name in (*names, *times)}}


class InviteForm(forms.Form):
    """Whom to invite; everything else they say themselves."""

    email = forms.EmailField(max_length=254, label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=200)
    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    industry = forms.ModelChoiceField(
        Topic.objects.filter(kind=Topic.Kind.INDUSTRY), label=_("Industry"), required=False,
        empty_label="–",
    )  # fmt: skip
    function = forms.CharField(label=_("Function"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language of the mails"), choices=[("de", _("German")), ("en", _("English"))]
    )
    is_guest = forms.BooleanField(
        label=_("Guest from outside the usual groups"), required=False,
        help_text=_("Unusual sources of knowledge are wanted."),
    )  # fmt: skip


class GiverForm(LocalizedForm):
    """An expert who stands by the cohort."""

    texts: ClassVar[dict[str, Asked]] = {"function": Asked(_("Function"), 200, required=False)}
    actor = forms.ModelChoiceField(Actor.objects.none(), label=_("Organisation"), empty_label="–")
    kind = forms.ChoiceField(label=_("Kind"), choices=KnowledgeGiver.Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    agreed = forms.BooleanField(
        label=_("This person has agreed to be named publicly."), required=False
    )

    def __init__(self, *args: Any, user: Reader, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["actor"].queryset = Actor.objects.visible_to(user)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What formats.learning.members.name_giver takes."""
        names = ("actor", "kind", "name", "agreed")
        return {**self.all_texts(), **{name: self.cleaned_data[name] for name in names}}


class MoveForm(forms.Form):
    """Somebody changes the group, by hand."""

    member = forms.ModelChoiceField(CohortMember.objects.none(), label=_("Member"), empty_label="–")
    group = forms.ModelChoiceField(
        PeerGroup.objects.none(), label=_("Group"), required=False, empty_label="–"
    )

    def __init__(self, *args: Any, cohort: Cohort, **kw: Any) -> None:
        super().__init__(*args, **kw)
        members = CohortMember.objects.joined().filter(cohort=cohort).select_related("user")
        field = self.fields["member"]
        field.queryset = members  # type: ignore[attr-defined]
        field.label_from_instance = lambda each: f"{each.user.name}, {each.organisation}"  # type: ignore[attr-defined]
        group = self.fields["group"]
        group.queryset = cohort.groups.all()  # type: ignore[attr-defined]
        group.label_from_instance = lambda each: str(each.number)  # type: ignore[attr-defined]

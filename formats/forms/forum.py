"""What the office types for a forum and for the results of an event."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from formats.forms.event import TitledForm
from formats.forms.localized import Asked, LocalizedForm
from formats.forms.moments import day_field
from formats.models import Event, Forum, ForumContribution, Outcome, Participant
from foundation.accounts.mandates import Actor as Reader
from partnerships.models import Actor, Focus, Municipality, Topic


class ForumForm(LocalizedForm):
    """Number, titles, claim and purpose; partners, regions and topics."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(_("Title"), 200),
        "claim": Asked(_("Claim"), 300, required=False),
        "alternative_title": Asked(_("Other title under which it is known"), 300, required=False),
        "purpose": Asked(_("What it is for"), 3000, rows=4, required=False),
        "source": Asked(_("Source of the figures"), 300, required=False),
    }
    programme = forms.CharField(label=_("Programme that it belongs to"), max_length=200)
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=9999, required=False)
    partners_told = forms.IntegerField(
        label=_("Number of partners that the forum itself tells"),
        min_value=0,
        max_value=9999,
        required=False,
    )
    part_of = forms.ModelChoiceField(
        Forum.objects.all(), label=_("Lies within"), required=False, empty_label="–"
    )
    partners = forms.ModelMultipleChoiceField(
        Actor.objects.none(), label=_("Partners of the forum"), required=False,
        help_text=_("From the directory; several with the control key"),
    )  # fmt: skip
    regions = forms.ModelMultipleChoiceField(
        Municipality.objects.all(), label=_("Regions to look at"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ("programme", "number")

    def __init__(self, *args: Any, user: Reader, forum: Forum | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["partners"].queryset = Actor.objects.visible_to(user)  # type: ignore[attr-defined]
        if forum is not None:
            others = Forum.objects.exclude(pk=forum.pk)
            self.fields["part_of"].queryset = others  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What formats.forums.found and describe take."""
        names = ("programme", "number", "partners_told", "part_of")
        return {**self.all_texts(), **{name: self.cleaned_data[name] for name in names}}

    def gathered(self, forum: Forum) -> dict[str, Any]:
        """What formats.forums.gather takes; a topic keeps how far the talk has come."""
        kept = {row.topic_id: row.standing for row in forum.topic_rows.all()}
        chosen = self.cleaned_data["topics"]
        return {
            "partners": self.cleaned_data["partners"],
            "regions": self.cleaned_data["regions"],
            "topics": {each: kept.get(each.pk, Focus.Status.EXPLORING) for each in chosen},
        }


class ContributionForm(LocalizedForm):
    """One contribution to a forum."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(_("Title"), 200),
        "text": Asked(_("In some sentences"), 2000, rows=4, required=False),
    }
    kind = forms.ChoiceField(label=_("Kind"), choices=ForumContribution.Kind.choices)
    actor = forms.ModelChoiceField(
        Actor.objects.none(), label=_("Who brings it"), required=False, empty_label="–"
    )
    event = forms.ModelChoiceField(
        Event.objects.none(), label=_("Shown at"), required=False, empty_label="–"
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics, of any discipline"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, user: Reader, forum: Forum, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["actor"].queryset = Actor.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["event"].queryset = forum.events.all()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What formats.forums.contribute takes."""
        names = ("kind", "actor", "event", "topics")
        return {**self.all_texts(), **{name: self.cleaned_data[name] for name in names}}


class RaiseForm(TitledForm):
    """Tick a topic that people talk about."""

    topic = forms.ModelChoiceField(
        Topic.objects.all(), label=_("Topic"), required=False, empty_label="–"
    )


class MakeForm(LocalizedForm):
    """What a topic becomes."""

    texts: ClassVar[dict[str, Asked]] = {
        "text": Asked(_("What was agreed"), 1000, rows=3, required=False),
    }
    kind = forms.ChoiceField(
        label=_("It becomes a"), choices=Outcome.Kind.choices, widget=forms.RadioSelect
    )
    handed_to = forms.CharField(
        label=_("Handed to"), max_length=200, required=False,
        help_text=_("Such as the programme that takes up an idea"),
    )  # fmt: skip


class DropForm(LocalizedForm):
    """Why nobody pursues it."""

    texts: ClassVar[dict[str, Asked]] = {"reason": Asked(_("Reason"), 500, rows=2)}


class ParticipantForm(LocalizedForm):
    """An organisation or function, in its delegation."""

    texts: ClassVar[dict[str, Asked]] = {
        "function": Asked(_("Function, or kind of people"), 200, required=False),
    }
    actor = forms.ModelChoiceField(
        Actor.objects.none(), label=_("Organisation"), required=False, empty_label="–"
    )
    delegation = forms.CharField(label=_("Delegation"), max_length=200, required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=Actor.Sector.choices)
    number = forms.IntegerField(label=_("Number of people"), min_value=1, max_value=9999, initial=1)
    presence = forms.ChoiceField(label=_("Presence"), choices=Participant.Presence.choices)
    is_key_actor = forms.BooleanField(label=_("Key actor"), required=False)

    def __init__(self, *args: Any, user: Reader, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["actor"].queryset = Actor.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("actor") and not cleaned.get("function_de"):
            self.add_error("actor", _("Name an organisation or a function."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What formats.outcomes.bring takes."""
        names = ("actor", "delegation", "sector", "number", "presence", "is_key_actor")
        return {**self.all_texts(), **{name: self.cleaned_data[name] for name in names}}


class ContactForm(LocalizedForm):
    """Whom somebody met, and the next step."""

    texts: ClassVar[dict[str, Asked]] = {
        "note": Asked(_("What it was about"), 500, rows=2, required=False),
    }
    actor = forms.ModelChoiceField(
        Actor.objects.none(), label=_("Organisation in the directory"), required=False,
        empty_label=_("not in it"),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of the organisation"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of organisation"), choices=Actor.Kind.choices, initial=Actor.Kind.OTHER
    )
    city = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("City"), required=False, empty_label="–"
    )
    follow_up = forms.CharField(label=_("Next step"), max_length=500, required=False)
    owner = forms.CharField(label=_("Who takes it (function)"), max_length=200, required=False)
    due_on = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, user: Reader, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["actor"].queryset = Actor.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("actor") and not cleaned.get("name"):
            self.add_error("name", _("Say whom somebody met."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What formats.outcomes.meet takes."""
        names = ("actor", "name", "kind", "city", "follow_up", "owner", "due_on")
        return {**self.all_texts(), **{name: self.cleaned_data[name] for name in names}}

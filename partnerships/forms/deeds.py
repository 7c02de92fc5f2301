"""Forms of what both cities do: steps of the plan, projects, labs, milestones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.agreements import parties_of
from partnerships.forms.words import REQUIRED, WordsForm, day_field
from partnerships.models import (
    Action,
    Actor,
    Challenge,
    CityLab,
    Encounter,
    ExchangeFormat,
    Goal,
    Milestone,
    Partnership,
    Party,
    Project,
    Topic,
)


class ActionForm(WordsForm):
    """A step with the function that answers for it, its date and its indicator."""

    WORDS = {
        "title": (_("Step"), 1, True),
        "owner": (_("Function that answers for it"), 1, True),
        "indicator": (_("Indicator"), 1, False),
    }

    side = forms.ModelChoiceField(
        Party.objects.none(), label=_("City"), required=False, empty_label=_("both")
    )
    person_name = forms.CharField(
        label=_("Person at present"),
        help_text=_("Only office and partners see it."),
        max_length=200,
        required=False,
    )
    due_on = day_field(_("Due on"))
    goal = forms.ModelChoiceField(Goal.objects.none(), label=_("For the goal"), required=False)
    topic = forms.ModelChoiceField(Topic.objects.all(), label=_("Topic"), required=False)
    encounter = forms.ModelChoiceField(
        Encounter.objects.none(), label=_("Agreed at the meeting"), required=False
    )
    is_public = forms.BooleanField(label=_("Show it on the public page."), required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["side"].queryset = parties_of(partnership)  # type: ignore[attr-defined]
        self.fields["goal"].queryset = partnership.goals.all()  # type: ignore[attr-defined]
        self.fields["encounter"].queryset = partnership.encounters.all()  # type: ignore[attr-defined]


class ActionStateForm(WordsForm):
    """Where a step stands now; giving it up needs a reason."""

    WORDS = {"reason": (_("Reason, if cancelled"), 1, False)}

    state = forms.ChoiceField(label=_("State"), choices=Action.State.choices)


class IdeaForm(WordsForm):
    """An idea for a project, caught at a meeting."""

    WORDS = {"title": (_("Idea"), 1, True)}

    encounter = forms.ModelChoiceField(
        Encounter.objects.none(), label=_("It came up at"), required=False
    )
    proposed_by = forms.CharField(
        label=_("Proposed by (function or organisation)"), max_length=200, required=False
    )

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["encounter"].queryset = partnership.encounters.all()  # type: ignore[attr-defined]


class ProjectForm(IdeaForm):
    """Everything that the page of a project tells."""

    WORDS = {
        "title": (_("Title"), 1, True),
        "summary": (_("What it is about"), 4, False),
        "citizen_benefit": (_("What people in the cities have of it"), 3, False),
        "result": (_("Result in plain words"), 4, False),
        "funding": (_("Funded by"), 1, False),
    }

    mode = forms.ChoiceField(label=_("What it is for"), choices=ExchangeFormat.Mode.choices)
    topic = forms.ModelChoiceField(Topic.objects.all(), label=_("Topic"), required=False)
    challenge = forms.ModelChoiceField(
        Challenge.objects.all(), label=_("Shared challenge"), required=False
    )
    starts_on = day_field(_("Start"))
    ends_on = day_field(_("End"), hint=_("Empty: open."))


class ProjectStateForm(WordsForm):
    """The next stage of a project."""

    WORDS = {"reason": (_("Reason, if stopped"), 1, False)}

    state = forms.ChoiceField(label=_("Stage"), choices=Project.State.choices)


class PlaceForm(forms.Form):
    """An actor of the directory in a project."""

    actor = forms.ModelChoiceField(
        Actor.objects.filter(is_published=True), label=_("Actor"), error_messages=REQUIRED
    )
    party = forms.ModelChoiceField(
        Party.objects.none(), label=_("On the side of"), error_messages=REQUIRED
    )
    leads = forms.BooleanField(label=_("Leads the project"), required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["party"].queryset = parties_of(partnership)  # type: ignore[attr-defined]


class LabForm(WordsForm):
    """A City Lab: what for, on which topics, with which results."""

    WORDS = {
        "name": (_("Name"), 1, True),
        "purpose": (_("What it is about"), 4, False),
        "results": (_("Results in plain words"), 4, False),
    }

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(),
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class LabStateForm(forms.Form):
    """The next state of a lab."""

    state = forms.ChoiceField(label=_("State"), choices=CityLab.State.choices)


class SiteForm(forms.Form):
    """A place of a lab."""

    party = forms.ModelChoiceField(Party.objects.none(), label=_("City"), error_messages=REQUIRED)
    place = forms.CharField(label=_("Place"), max_length=200, error_messages=REQUIRED)

    def __init__(self, *args: Any, partnership: Partnership, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["party"].queryset = parties_of(partnership)  # type: ignore[attr-defined]


class MilestoneForm(WordsForm):
    """A milestone, its day, and what it grew out of."""

    WORDS = {"title": (_("Milestone"), 1, True)}

    on = day_field(_("Date"), required=True)
    is_reached = forms.BooleanField(label=_("It is reached."), required=False)
    after = forms.ModelChoiceField(
        Milestone.objects.none(), label=_("It follows the milestone"), required=False
    )
    encounter = forms.ModelChoiceField(
        Encounter.objects.none(), label=_("It grew out of the meeting"), required=False
    )
    project = forms.ModelChoiceField(
        Project.objects.none(), label=_("It belongs to the project"), required=False
    )

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        milestone: Milestone | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        others = partnership.milestones.all()
        if milestone is not None:
            others = others.exclude(pk=milestone.pk)
        self.fields["after"].queryset = others  # type: ignore[attr-defined]
        self.fields["encounter"].queryset = partnership.encounters.all()  # type: ignore[attr-defined]
        self.fields["project"].queryset = partnership.projects.all()  # type: ignore[attr-defined]

"""Adding what a partnership is made of: goals, topics, formats, actors, contacts, meetings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import encounters, exchange_formats, focuses, goals, participation, permissions
from partnerships.forms import partnerships as forms
from partnerships.models import Focus, Goal, Partnership
from partnerships.views.answers import act_and_return, answer, fetch_partnership

F = TypeVar("F", bound=Form)


def _editable(request: HttpRequest, slug: str) -> Partnership:
    found = fetch_partnership(request, slug)
    require(permissions.can_edit_partnership(request.user, found))
    return found


def _add(
    request: HttpRequest,
    partnership: Partnership,
    form: F,
    act: Callable[[F], object],
    *,
    heading: str,
) -> HttpResponse:
    context: dict[str, Any] = {"partnership": partnership, "heading": heading}
    return answer(
        request,
        form,
        act,
        to=reverse("partnership", args=[partnership.slug]),
        template="partnerships/part.html",
        context=context,
        done=_("Saved."),
    )


@login_required
@once
def goal_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = _editable(request, slug)
    form = forms.GoalForm(request.POST or None, partnership=found)
    act = _setting_goal(request, found, None)
    return _add(request, found, form, act, heading=_("Add a goal"))


@login_required
@once
def goal_edit(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    found = _editable(request, slug)
    goal = get_object_or_404(found.goals, position=position)
    form = forms.GoalForm(
        request.POST or None,
        partnership=found,
        texts={name: getattr(goal, name) for name in forms.GoalForm.WORDS},
        initial={
            name: getattr(goal, name)
            for name in ("baseline", "baseline_on", "target", "due_on", "lead")
        },
    )
    act = _setting_goal(request, found, goal)
    return _add(request, found, form, act, heading=_("Change the goal"))


def _setting_goal(
    request: HttpRequest, partnership: Partnership, goal: Goal | None
) -> Callable[[forms.GoalForm], object]:
    def act(form: forms.GoalForm) -> None:
        typed = form.cleaned_data
        goals.set_goal(
            partnership,
            goal=goal,
            title=form.words("title"),
            strategy=form.words("strategy"),
            indicator=form.words("indicator"),
            unit=form.words("unit"),
            baseline=typed["baseline"],
            baseline_on=typed["baseline_on"],
            target=typed["target"],
            due_on=typed["due_on"],
            lead=typed["lead"],
            by=myself(request),
        )

    return act


@login_required
@once
def goal_measure(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    found = _editable(request, slug)
    goal = get_object_or_404(found.goals, position=position)
    return _add(
        request,
        found,
        forms.MeasureForm(request.POST or None),
        lambda form: goals.measure(
            goal, form.cleaned_data["value"], on=form.cleaned_data["on"], by=myself(request)
        ),
        heading=_("Enter a value: %(goal)s") % {"goal": goal},
    )


@login_required
@once
def focus_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = _editable(request, slug)

    def act(form: forms.FocusForm) -> None:
        typed = form.cleaned_data
        focus = focuses.propose(
            found,
            typed["topic"],
            offered_by=typed["offered_by"],
            sought_by=typed["sought_by"],
            by=myself(request),
        )
        if typed["status"] != focus.status:
            focuses.put(focus, Focus.Status(typed["status"]), by=myself(request))

    form = forms.FocusForm(request.POST or None, partnership=found)
    return _add(request, found, form, act, heading=_("Propose a topic"))


@login_required
@require_POST
@once
def focus_put(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    found = _editable(request, slug)
    focus = get_object_or_404(found.foci, topic__slug=topic)
    form = forms.FocusStatusForm(request.POST)
    require(form.is_valid())
    return act_and_return(
        request,
        lambda: focuses.put(focus, Focus.Status(form.cleaned_data["status"]), by=myself(request)),
        to=reverse("partnership", args=[slug]),
        done=_("Saved."),
    )


@login_required
@once
def exchange_format_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = _editable(request, slug)
    return _add(
        request,
        found,
        forms.ExchangeFormatForm(request.POST or None),
        lambda form: exchange_formats.promise(
            found,
            name=form.words("name"),
            mode=form.cleaned_data["mode"],
            per_year=form.cleaned_data["per_year"],
            by=myself(request),
        ),
        heading=_("Add a format"),
    )


@login_required
@once
def participation_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = _editable(request, slug)
    return _add(
        request,
        found,
        forms.ParticipationForm(request.POST or None, partnership=found),
        lambda form: participation.take_part(
            found,
            form.cleaned_data["actor"],
            party=form.cleaned_data["party"],
            role=form.words("role"),
            by=myself(request),
        ),
        heading=_("Add an actor"),
    )


@login_required
@once
def contact_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = _editable(request, slug)
    return _add(
        request,
        found,
        forms.ContactForm(request.POST or None, partnership=found),
        lambda form: participation.name_contact(
            found,
            party=form.cleaned_data["party"],
            function=form.words("function"),
            office=form.cleaned_data["office"],
            email=form.cleaned_data["email"],
            by=myself(request),
        ),
        heading=_("Add a contact point"),
    )


@login_required
@once
def encounter_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = _editable(request, slug)

    def act(form: forms.EncounterForm) -> None:
        typed = form.cleaned_data
        encounters.note(
            found,
            title=form.words("title"),
            reason=form.words("reason"),
            on=typed["on"],
            precision=typed["precision"],
            state=typed["state"],
            exchange_format=typed["exchange_format"],
            both_sides=typed["both_sides"],
            by=myself(request),
        )

    form = forms.EncounterForm(request.POST or None, partnership=found)
    return _add(request, found, form, act, heading=_("Write a meeting down"))

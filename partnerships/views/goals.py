"""Goals: setting them, measuring them, looking back at every value, correcting one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.deeds import goals
from partnerships.forms import partnerships as forms
from partnerships.models import Goal, Partnership
from partnerships.portrait import portrait_figures
from partnerships.views.adding import add, editable, initial_of, texts_of
from partnerships.views.answers import fetch_partnership

NUMBERS = ("baseline", "baseline_on", "target", "due_on", "lead", "side", "review_months")


@require_safe
def goal_history(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Every value that was ever entered, the corrected ones too."""
    found = fetch_partnership(request, slug)
    every = goals.with_course(found.goals.select_related("side__municipality"))
    goal = get_object_or_404(every, position=position)
    rows = list(goal.measurements.select_related("correction").order_by("-on", "-pk"))
    context = {
        "partnership": found,
        "goal": goal,
        "note": portrait_figures.goal_note(goal),
        "rows": rows,
        "goal_lines": portrait_figures.goal_lines([goal], timezone.localdate()),
        "review_on": goals.review_due_on(goal),
        "may_edit": request.user.is_authenticated
        and permissions.can_edit_partnership(request.user, found),
    }
    return render(request, "partnerships/goal_history.html", context)


@login_required
@once
def goal_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    form = forms.GoalForm(request.POST or None, partnership=found)
    return add(request, found, form, _setting(request, found, None), heading=_("Add a goal"))


@login_required
@once
def goal_edit(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    found = editable(request, slug)
    goal = get_object_or_404(found.goals, position=position)
    form = forms.GoalForm(
        request.POST or None,
        partnership=found,
        texts=texts_of(goal, forms.GoalForm.WORDS),
        initial=initial_of(goal, *NUMBERS),
    )
    return add(request, found, form, _setting(request, found, goal), heading=_("Change the goal"))


def _setting(
    request: HttpRequest, partnership: Partnership, goal: Goal | None
) -> Callable[[forms.GoalForm], object]:
    def act(form: forms.GoalForm) -> Goal:
        return goals.set_goal(
            partnership,
            goal=goal,
            title=form.words("title"),
            strategy=form.words("strategy"),
            indicator=form.words("indicator"),
            unit=form.words("unit"),
            by=myself(request),
            **{name: form.cleaned_data[name] for name in NUMBERS},
        )

    return act


@login_required
@once
def goal_measure(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    found = editable(request, slug)
    goal = get_object_or_404(found.goals, position=position)
    return add(
        request,
        found,
        forms.MeasureForm(request.POST or None),
        lambda form: goals.measure(
            goal,
            form.cleaned_data["value"],
            on=form.cleaned_data["on"],
            note=form.words("note"),
            by=myself(request),
        ),
        heading=_("Enter a value: %(goal)s") % {"goal": goal},
        to=reverse("goal_history", args=[slug, position]),
    )


@login_required
@once
def goal_correct(request: HttpRequest, slug: str, position: int, pk: int) -> HttpResponse:
    found = editable(request, slug)
    goal = get_object_or_404(found.goals, position=position)
    row = get_object_or_404(goal.measurements, pk=pk)
    form = forms.MeasureForm(
        request.POST or None, texts={"note": row.note}, initial=initial_of(row, "value", "on")
    )
    return add(
        request,
        found,
        form,
        lambda form: goals.measure(
            goal,
            form.cleaned_data["value"],
            on=form.cleaned_data["on"],
            note=form.words("note"),
            corrects=row,
            by=myself(request),
        ),
        heading=_("Correct a value: %(goal)s") % {"goal": goal},
        to=reverse("goal_history", args=[slug, position]),
    )

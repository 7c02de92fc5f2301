"""The action plan: what is open, who answers for it, what is overdue."""

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
from partnerships.deeds import actions
from partnerships.forms.deeds import ActionForm, ActionStateForm
from partnerships.models import Action, Partnership
from partnerships.views.adding import add, editable, initial_of, texts_of
from partnerships.views.answers import fetch_partnership

TIES = ("side", "person_name", "due_on", "goal", "topic", "encounter", "is_public")


@require_safe
def action_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Strangers see the public steps, office and partners all of them with the names."""
    found = fetch_partnership(request, slug)
    seen = found.actions.visible_to(request.user)
    today = timezone.localdate()
    rows = [
        (action, action.is_overdue(today))
        for action in seen.select_related("side__municipality", "goal", "topic", "encounter")
    ]
    context = {
        "partnership": found,
        "open_rows": [row for row in rows if row[0].is_open],
        "closed_rows": [row for row in rows if not row[0].is_open],
        "overdue": sum(late for _action, late in rows),
        "sees_people": permissions.can_see_plan(request.user, found),
        "may_edit": request.user.is_authenticated
        and permissions.can_edit_partnership(request.user, found),
    }
    return render(request, "partnerships/action_list.html", context)


@login_required
@once
def action_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    meeting = request.GET.get("treffen", "")
    initial = {"encounter": meeting} if meeting.isdecimal() else {}
    form = ActionForm(request.POST or None, partnership=found, initial=initial)
    act = _planning(request, found, None)
    return add(request, found, form, act, heading=_("Plan a step"), to=_list(slug))


@login_required
@once
def action_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = editable(request, slug)
    action = get_object_or_404(found.actions, pk=pk)
    form = ActionForm(
        request.POST or None,
        partnership=found,
        texts=texts_of(action, ActionForm.WORDS),
        initial=initial_of(action, *TIES),
    )
    act = _planning(request, found, action)
    return add(request, found, form, act, heading=_("Change the step"), to=_list(slug))


def _planning(
    request: HttpRequest, partnership: Partnership, action: Action | None
) -> Callable[[ActionForm], object]:
    def act(form: ActionForm) -> Action:
        return actions.plan(
            partnership,
            action=action,
            title=form.words("title"),
            owner=form.words("owner"),
            indicator=form.words("indicator"),
            by=myself(request),
            **{name: form.cleaned_data[name] for name in TIES},
        )

    return act


@login_required
@once
def action_put(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = editable(request, slug)
    action = get_object_or_404(found.actions, pk=pk)
    form = ActionStateForm(request.POST or None, initial={"state": action.state})
    return add(
        request,
        found,
        form,
        lambda form: actions.put(
            action,
            Action.State(form.cleaned_data["state"]),
            reason=form.words("reason"),
            by=myself(request),
        ),
        heading=_("Where does it stand: %(step)s") % {"step": action},
        to=_list(slug),
    )


def _list(slug: str) -> str:
    return reverse("action_list", args=[slug])

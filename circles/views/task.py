"""Tasks of a circle: the list with a form for one more, changing one, and its three buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from circles import permissions
from circles.forms.room import TaskForm
from circles.gathering import tasks
from circles.models import Task
from circles.seating import acting, memberships
from circles.views.rooms import Room, room_of
from foundation.access import require
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@never_cache
@once
def task_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Open tasks by day, then what is settled; everybody in the room puts one down."""
    room = room_of(request, slug)
    found = room.circle.tasks.select_related("owner__person", "owner__seat")
    mine = {term.pk for term in room.terms}
    rows: list[dict[str, Any]] = [
        {
            "task": each,
            "owner": acting.name_of(each.owner),
            "may_change": room.is_at_work
            and (room.is_host or bool(mine & {each.owner_id, each.by_member_id})),
        }
        for each in found
    ]
    return answer(
        request,
        TaskForm(memberships.members_of(room.circle), request.POST or None),
        lambda form: tasks.add(room.circle, **form.cleaned_data, by=room.user),
        to=reverse("task_list", args=[slug]),
        template="circles/task_list.html",
        context=room.context(
            open_tasks=[row for row in rows if row["task"].state == Task.State.OPEN],
            settled=[row for row in rows if row["task"].state != Task.State.OPEN],
        ),
        done=_("The task is noted."),
    )


@login_required
@never_cache
@once
def task(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Other words, another day, or somebody else who does it."""
    room, found = _own(request, slug, pk)
    initial = {name: getattr(found, name) for name in ("title", "owner", "due_on", "note")}
    return answer(
        request,
        TaskForm(memberships.members_of(room.circle), request.POST or None, initial=initial),
        lambda form: tasks.change(found, **form.cleaned_data, by=room.user),
        to=reverse("task_list", args=[slug]),
        template="circles/task.html",
        context=room.context(task=found),
        done=_("Your changes are saved."),
    )


@login_required
@once
@require_POST
def task_finish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _step(request, slug, pk, tasks.finish, _("Done. Thank you."))


@login_required
@once
@require_POST
def task_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _step(request, slug, pk, tasks.drop, _("The task is dropped."))


@login_required
@once
@require_POST
def task_reopen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _step(request, slug, pk, tasks.reopen, _("The task is open again."))


def _step(
    request: HttpRequest, slug: str, pk: int, act: Callable[..., None], done: str
) -> HttpResponse:
    room, found = _own(request, slug, pk)
    return act_and_return(
        request, lambda: act(found, by=room.user), to=reverse("task_list", args=[slug]), done=done
    )


def _own(request: HttpRequest, slug: str, pk: int) -> tuple[Room, Task]:
    room = room_of(request, slug)
    rows = room.circle.tasks.select_related("circle", "owner__person", "owner__seat")
    found = get_object_or_404(rows, pk=pk)
    require(permissions.can_change_task(request.user, found))
    return room, found

"""Tasks of a circle: each owned by one member, due on a day, done, dropped or taken up again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from circles.models import Circle, SeatTerm, Task
from circles.seating import acting
from foundation import states
from foundation.accounts.models import User
from foundation.errors import DomainError

State = Task.State


class NotTheirs(DomainError):
    """The task is for somebody who does not sit in the circle."""


class Settled(DomainError):
    """The task is done or dropped; it is taken up again before it changes."""


def add(
    circle: Circle, *, title: str, owner: SeatTerm, due_on: dt.date, note: str = "", by: User
) -> Task:
    """Put a task down for a member."""
    who = acting.anybody(circle, by)
    with transaction.atomic():
        _demand_member(circle, owner)
        task = Task.objects.create(
            circle=circle,
            title=title,
            note=note,
            owner=owner,
            due_on=due_on,
            **who.signature(),
        )
        who.note("task.added", task, owner=owner.pk)
    return task


def change(
    task: Task, *, title: str, owner: SeatTerm, due_on: dt.date, note: str = "", by: User
) -> None:
    """Other words, another day, or another member who takes it over."""
    who = acting.anybody(task.circle, by)
    with transaction.atomic():
        _demand_member(task.circle, owner)
        changed = Task.objects.filter(pk=task.pk, state=State.OPEN).update(
            title=title, owner=owner, due_on=due_on, note=note
        )
        if not changed:
            raise Settled(
                "task-settled", _("This task is done or dropped. Take it up again to change it.")
            )
        who.note("task.changed", task, owner=owner.pk)
    task.refresh_from_db()


def finish(task: Task, *, by: User) -> None:
    """It is done."""
    _settle(task, State.DONE, by=by)


def drop(task: Task, *, by: User) -> None:
    """It is not needed any more."""
    _settle(task, State.DROPPED, by=by)


def reopen(task: Task, *, by: User) -> None:
    """It was not done after all; whoever owns it must still sit in the circle."""
    who = acting.anybody(task.circle, by)
    with transaction.atomic():
        _demand_member(task.circle, task.owner)
        states.advance(task, State.OPEN, by=who.host, settled_at=None)


def open_of(user: User) -> QuerySet[Task]:
    """What this person has taken on in circles at work, the soonest first."""
    found = Task.objects.filter(state=State.OPEN, owner__in=SeatTerm.objects.held_by(user))
    at_work = found.filter(circle__state=Circle.State.WORKING, owner__ended_at=None)
    return at_work.select_related("circle")


def _settle(task: Task, to: str, *, by: User) -> None:
    who = acting.anybody(task.circle, by)
    with transaction.atomic():
        states.advance(task, to, by=who.host, settled_at=timezone.now())


def _demand_member(circle: Circle, owner: SeatTerm) -> None:
    sits = SeatTerm.objects.current().filter(pk=owner.pk, seat__circle=circle)
    if not sits.exists():
        raise NotTheirs(
            "no-member", _("This person does not sit in the circle any more. Choose another.")
        )

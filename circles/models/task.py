"""What a member of a circle has taken on, by a day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circles.models.authorship import Authored, written_by_one
from circles.models.circle import Circle
from circles.models.seat_term import SeatTerm


class Task(Authored):
    """One task, with the member who owns it; words stay when the person is forgotten."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    TRANSITIONS = {
        State.OPEN: {State.DONE, State.DROPPED},
        State.DONE: {State.OPEN},
        State.DROPPED: {State.OPEN},
    }

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    note = models.TextField(max_length=2000, blank=True)
    owner = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="tasks")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    added_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            written_by_one("task_by_one"),
            models.CheckConstraint(condition=~Q(title=""), name="task_has_words"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None)
                | ~Q(state="open") & Q(settled_at__isnull=False),
                name="task_settled_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle_id} {self.pk}"

    @property
    def is_overdue(self) -> bool:
        """Open, and its day is over."""
        return self.state == self.State.OPEN and self.due_on < timezone.localdate()

"""Work orders: what follows from a vision, worked on by a circle or by the office, never both."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from formats.models.meeting import Meeting
from formats.models.vision import Vision
from foundation.languages import LocalizedText, LocalizedTextField


class WorkOrder(models.Model):
    """A numbered order such as AA-2026-03 with the question that an addressee is to solve."""

    class Addressee(models.TextChoices):
        CIRCLE = "circle", _("innovation circle")
        OFFICE = "office", _("project of the office")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ASSIGNED = "assigned", _("assigned")
        IN_PROGRESS = "in_progress", _("in progress")
        FINALISED = "finalised", _("finalised")
        PRESENTED = "presented", _("presented")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")

    TRANSITIONS = {
        State.OPEN: {State.ASSIGNED, State.CLOSED},
        State.ASSIGNED: {State.IN_PROGRESS, State.CLOSED},
        State.IN_PROGRESS: {State.FINALISED, State.CLOSED},
        State.FINALISED: {State.PRESENTED, State.CLOSED},
        State.PRESENTED: {State.PUBLISHED, State.CLOSED},
        State.PUBLISHED: {State.CLOSED},
        State.CLOSED: set[str](),
    }

    number = models.CharField(max_length=20, unique=True)
    vision = models.ForeignKey(Vision, on_delete=models.PROTECT, related_name="work_orders")
    question = LocalizedTextField(default=LocalizedText)
    expected_result = LocalizedTextField(default=LocalizedText)
    limits = LocalizedTextField(default=LocalizedText)
    addressee = models.CharField(max_length=8, choices=Addressee.choices)
    contact = models.CharField(max_length=200)
    given_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    successor_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor"
    )
    presented_in = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="presented_orders"
    )
    result = LocalizedTextField(default=LocalizedText)
    closing_note = LocalizedTextField(default=LocalizedText)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(successor_of=None) | ~models.Q(successor_of=models.F("pk")),
                name="work_order_follows_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(closing_note={}),
                name="work_order_closed_with_note",
            ),
            # Circle and OfficeProject point at (id, addressee), so the wrong kind is refused.
            models.UniqueConstraint(fields=["id", "addressee"], name="work_order_addressee_key"),
        ]

    def __str__(self) -> str:
        return self.number


class OfficeProject(models.Model):
    """The office works on the order itself."""

    work_order = models.OneToOneField(
        WorkOrder, on_delete=models.PROTECT, related_name="office_project"
    )
    addressee = models.CharField(max_length=8, default="office", editable=False)
    title = LocalizedTextField(default=LocalizedText)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(addressee="office"), name="office_project_addressee"
            )
        ]

    def __str__(self) -> str:
        return str(self.work_order_id)

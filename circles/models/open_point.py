"""What a circle has not settled yet, and what its proposal stands on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from circles.models.proposal import Proposal
from circles.models.seat_term import SeatTerm
from circles.models.section import Section


class OpenPoint(models.Model):
    """A question to be settled; open as long as no settlement of it stands."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="points")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="points"
    )
    question = models.CharField(max_length=500)
    member = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="points")
    raised_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="open_point_asks_something")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} point {self.pk}"


class PointSettlement(models.Model):
    """A point was settled with a word; `reopened_at`: it is open again, and the word stays."""

    point = models.ForeignKey(OpenPoint, on_delete=models.PROTECT, related_name="settlements")
    word = models.CharField(max_length=500)
    member = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(db_default=Now())
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["point"], condition=Q(reopened_at=None), name="point_settled_once"
            ),
            models.CheckConstraint(condition=~Q(word=""), name="point_settled_with_a_word"),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} settled"


class ProposalSource(models.Model):
    """A source of the proposal: title, address, note."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="sources")
    title = models.CharField(max_length=200)
    address = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    member = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="proposal_source_has_title")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} source {self.pk}"

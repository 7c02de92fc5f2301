"""The sections of a proposal: where each stands, who wrote which wording, what members remark.

The words are paragraphs and revisions of `foundation.texts`; people are members, by their seats.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Deferrable, Q
from django.db.models.functions import Now

from circles.models.proposal import Proposal
from circles.models.seat_term import SeatTerm
from foundation.texts.models import Paragraph, Revision


class Section(models.Model):
    """A place of the proposal; `position` goes when it is taken out and comes back with it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="sections")
    paragraph = models.OneToOneField(Paragraph, on_delete=models.PROTECT, related_name="section")
    position = models.PositiveSmallIntegerField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "position"],
                name="section_position_once",
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(position__isnull=False, removed_at=None)
                | Q(position=None, removed_at__isnull=False),
                name="section_stands_or_is_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.paragraph_id}"


class Authorship(models.Model):
    """Which member wrote a wording; without one it was the office or the chair. Append-only."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="authorship")
    member = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="wordings")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.revision_id} by {self.member_id}"


class SectionRemark(models.Model):
    """What a member says about a section, for the others in the room; append-only."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="remarks")
    member = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(max_length=2000)
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="section_remark_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.section_id} by {self.member_id}"

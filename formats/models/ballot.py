"""Votes: what is put to the vote, who may vote, and the ballots, one each.

Bodies use them today; circles may: a vote knows its subject by a generic key only.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.languages import LocalizedText, LocalizedTextField


class Poll(models.Model):
    """One vote about ("app.model", "7"). A trigger fixes its rules once it is open.

    `budget` points each, at most `most` on one option; scores run from 0 to `most`.
    """

    class Method(models.TextChoices):
        DOTS = "dots", _("points to give away")
        SCORE = "score", _("a score for every topic")
        CHOICE = "choice", _("one choice")

    class Way(models.TextChoices):
        BALLOT = "ballot", _("ballots, on a device of one's own or by printed card")
        HANDS = "hands", _("show of hands, counted by two people")

    class State(models.TextChoices):
        PREPARED = "prepared", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TRANSITIONS = {
        State.PREPARED: {State.OPEN, State.WITHDRAWN},
        State.OPEN: {State.CLOSED, State.WITHDRAWN},
        State.CLOSED: set[str](),
        State.WITHDRAWN: set[str](),
    }

    subject_type = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    method = models.CharField(max_length=8, choices=Method.choices)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.BALLOT)
    budget = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(default=1)
    is_secret = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    counted = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(most__gte=1, budget__gte=F("most")), name="poll_points_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="prepared") | (~Q(subject_type="") & ~Q(subject_id="")),
                name="poll_is_about_something",
            ),
            models.CheckConstraint(
                condition=~Q(method="choice") | Q(budget=1, most=1), name="poll_choice_is_one"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "withdrawn"]) | Q(opened_at__isnull=False),
                name="poll_opened_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, counted__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None, counted=None)),
                name="poll_closed_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(opened_at=None) | Q(closes_at__gt=F("opened_at")),
                name="poll_closes_after_opening",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="poll_subject")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED


class PollOption(models.Model):
    """One thing that can be voted for; fixed once the vote is open."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    title = LocalizedTextField(default=LocalizedText)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="poll_option_position_once")
        ]

    def __str__(self) -> str:
        return str(self.title)


class Voter(models.Model):
    """Somebody with one vote: a person of the roll, or whoever holds the card with `number`."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="voters")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    number = models.PositiveSmallIntegerField(null=True)
    label = models.CharField(max_length=200, blank=True)
    has_voted = models.BooleanField(default=False)

    class Meta:
        ordering = ["number", "label", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "user"], name="voter_person_once"),
            models.UniqueConstraint(fields=["poll", "number"], name="voter_number_once"),
            models.CheckConstraint(
                condition=Q(user=None, number__isnull=False) | Q(user__isnull=False, number=None),
                name="voter_person_or_card",
            ),
            # Ballots point at (id, poll): a vote counts only where its voter stands on the roll.
            models.UniqueConstraint(fields=["id", "poll"], name="voter_poll_key"),
        ]

    def __str__(self) -> str:
        return f"voter {self.pk}"


class VotingPass(models.Model):
    """What opens a voter's ballot without login: a printed card or a mailed link, by its digest."""

    class Kind(models.TextChoices):
        CARD = "card", _("printed card")
        LINK = "link", _("personal link")

    voter = models.ForeignKey(Voter, on_delete=models.CASCADE, related_name="passes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    token_digest = models.CharField(max_length=64, unique=True)
    sheet = models.PositiveSmallIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(token_digest__regex="^[0-9a-f]{64}$"),  # noqa: S106 - a pattern
                name="voting_pass_digest",
            ),
            models.UniqueConstraint(
                fields=["voter", "kind"],
                condition=Q(revoked_at=None),
                name="voting_pass_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.voter_id}"


class Ballot(models.Model):
    """What somebody gave: {option id: points}. Counting a secret vote cuts the tie to its voter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="ballots")
    voter = models.ForeignKey(Voter, on_delete=models.PROTECT, null=True, related_name="+")
    marks = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voter"], name="ballot_one_each")]

    def __str__(self) -> str:
        return f"ballot of {self.poll_id}"


class HandCount(models.Model):
    """What one person counted: {option id: hands}, and how many were entitled to vote in the room.

    Append-only; one that differs from another person's stays logged and is made again.
    """

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="hand_counts")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    present = models.PositiveSmallIntegerField()
    hands = models.JSONField()
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"count of {self.poll_id}"


class AgreedCount(models.Model):
    """Two people counted the same. Append-only; a trigger compares both entries."""

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="agreed_count")
    first = models.ForeignKey(HandCount, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(HandCount, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"agreed count of {self.poll_id}"
